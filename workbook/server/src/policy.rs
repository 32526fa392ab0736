use axum::http::HeaderValue;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// What a page may load and do: what this server sends, and the scripts that stand in the page itself, each by its hash.
/// Styles may stand anywhere: mdBook and the editor write them. Who frames a page can make its reader click: an editor's own
/// browser may. The audit of pasted code is WebAssembly, which a page may compile and is given no more by that.
pub fn policy(page: &str) -> HeaderValue {
    let hashes = inline_scripts(page).map(|script| {
        let hash = BASE64_STANDARD.encode(Sha256::digest(script));
        format!(" 'sha256-{hash}'")
    });
    let hashes: String = hashes.collect();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'none'; \
         frame-ancestors 'self' vscode-webview:"
    );
    HeaderValue::from_str(&policy).expect("it is ASCII without line ends")
}

/// The texts of the scripts that have no file of their own.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (head, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        (!head.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_of_the_page_is_allowed_by_its_hash_and_no_other() {
        let page = "<script>alert(1)</script><script src=\"a.js\"></script><script type=\"module\">\nb\n</script>";
        let scripts: Vec<&str> = inline_scripts(page).collect();
        assert_eq!(scripts, ["alert(1)", "\nb\n"]);
        let policy = policy(page);
        let policy = policy.to_str().unwrap();
        let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(policy.contains(hash), "{policy}");
        assert_eq!(policy.matches("'sha256-").count(), 2);
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"));
    }
}
