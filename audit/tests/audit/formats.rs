//! What other programs read. `book-tests/browser/audit.test.js` holds the SARIF against its schema.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::project::{PITFALL, Project, page};

#[test]
fn json_is_an_object_a_line_with_the_place_in_characters() {
    let project = Project::with(&format!("/* é */ {PITFALL}"));
    let told = project.audit(&["--format", "json"]);
    let finding: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(
        finding,
        json!({
            "path": "src/lib.rs",
            "link": page(),
            "id": "nan::partial_cmp_unwrap",
            "chapter": "ch10-nan",
            "confidence": "likely",
            "line": 1,
            "column": 65,
            "end_line": 1,
            "end_column": 90,
            "label": "panics where one side is NaN",
            "finds": "A comparison of scores panics at the first NaN.",
            "why": "One vector without a direction, or one overflow in the model, and every query that meets it ends in a panic.",
            "page": page(),
        })
    );
}

fn sarif(project: &Project) -> Value {
    serde_json::from_str(&project.audit(&["--format", "sarif"]).out).unwrap()
}

#[test]
fn sarif_names_each_result_by_its_rule_and_its_place() {
    let project = Project::with(PITFALL);
    let log = sarif(&project);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let index = result["ruleIndex"].as_u64().unwrap() as usize;
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], result["ruleId"]);
    assert_eq!(rule["id"], "nan::partial_cmp_unwrap");
    let help = rule["help"]["text"].as_str().unwrap();
    assert!(help.contains(&page()), "{help}");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/lib.rs");
    let region = json!({ "startLine": 1, "startColumn": 57, "endLine": 1, "endColumn": 82 });
    assert_eq!(place["region"], region);
}

#[test]
fn a_fingerprint_of_sarif_stays_where_the_line_moves_and_differs_for_each_finding() {
    let fingerprints = |project: &Project| -> Vec<String> {
        let log = sarif(project);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let of = |it: &Value| {
            it["partialFingerprints"]["ruleFileAndLine/v1"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        results.iter().map(of).collect()
    };
    let project = Project::with(&PITFALL.repeat(3));
    let before = fingerprints(&project);
    assert_eq!(before.iter().collect::<HashSet<_>>().len(), 3);
    project.write(
        "src/lib.rs",
        format!("// A comment.\n\n{}", PITFALL.repeat(3)),
    );
    assert_eq!(fingerprints(&project), before);
}

#[test]
fn sarif_escapes_paths_and_tells_what_was_not_read() {
    let project = Project::with("pub fn f() {}\n");
    project.write("src/a b#é.rs", PITFALL);
    project.write("src/broken.rs", "fn f( {\n");
    let log = sarif(&project);
    let run = &log["runs"][0];
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/a%20b%23%C3%A9.rs");
    let note = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = note["message"]["text"].as_str().unwrap();
    assert!(text.contains("src/broken.rs"), "{text}");
}

#[test]
fn without_findings_json_is_empty_and_sarif_has_no_results() {
    let project = Project::with("pub fn f() {}\n");
    assert_eq!(project.audit(&["--format", "json"]).out, "");
    assert_eq!(sarif(&project)["runs"][0]["results"], json!([]));
}
