use anyhow::anyhow;
use common::name::problem_with_name;
use ureq::http::Uri;

/// Which class, and under what name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// `HOST:PORT`.
    pub host: String,
    /// What the board knows its learners by.
    pub code: String,
    /// What the learner is called there.
    pub name: String,
}

impl Invitation {
    /// Reads `http://HOST:PORT/CODE`, with or without the scheme.
    pub fn read(url: &str, name: &str) -> anyhow::Result<Invitation> {
        let bare = url.strip_prefix("http://").unwrap_or(url);
        let mut parts = bare.trim_end_matches('/').split('/');
        let parts = (parts.next(), parts.next(), parts.next());
        let is_code = |code: &str| {
            code.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let (Some(host), Some(code), None) = parts else {
            return Err(not_a_board(url));
        };
        let has_host = host.parse().is_ok_and(|uri: Uri| {
            let has_port = uri.port_u16().is_some_and(|port| port > 0);
            has_port && !host.starts_with(':') && !host.contains('@') && uri.path().len() <= 1
        });
        if !has_host || code.is_empty() || !is_code(code) {
            return Err(not_a_board(url));
        }
        let name = name.trim();
        if let Some(problem) = problem_with_name(name) {
            return Err(anyhow!("--as: {problem}"));
        }
        let (host, code, name) = (host.into(), code.into(), name.into());
        Ok(Invitation { host, code, name })
    }
}

fn not_a_board(url: &str) -> anyhow::Error {
    anyhow!(
        "--join {url}: a class board's address is http://HOST:PORT/CODE; copy it from the instructor's screen"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_and_without_its_scheme() {
        let read = |url| Invitation::read(url, " Ada ").unwrap();
        let one = read("http://192.168.1.20:3100/k7q2mx4p");
        assert_eq!(
            (one.host.as_str(), one.code.as_str(), one.name.as_str()),
            ("192.168.1.20:3100", "k7q2mx4p", "Ada")
        );
        assert_eq!(read("192.168.1.20:3100/k7q2mx4p/"), one);
        assert_eq!(read("http://[::1]:3100/k7q2mx4p").host, "[::1]:3100");
    }

    #[test]
    fn what_is_no_address_of_a_board_is_refused_in_one_line() {
        for url in [
            "",
            "http://",
            "k7q2mx4p",
            "http://192.168.1.20:3100",
            "http://192.168.1.20:3100/",
            "http://192.168.1.20:99999/k7q2mx4p",
            "http://192.168.1.20:0/k7q2mx4p",
            "http://:3100/k7q2mx4p",
            "https://192.168.1.20:3100/k7q2mx4p",
            "http://a@b/k7q2mx4p",
            "http://192.168.1.20:3100/k7q2/mx4p",
            "http://192.168.1.20:3100/k7q2%0d%0a",
        ] {
            let error = Invitation::read(url, "Ada").unwrap_err().to_string();
            assert!(error.contains("http://HOST:PORT/CODE"), "{url}: {error:#}");
            assert_eq!(error.lines().count(), 1, "{error:#}");
        }
    }

    #[test]
    fn a_name_that_the_board_would_refuse_is_refused_here() {
        for name in ["", "  ", "A\u{1b}[31mda", "A\u{202e}da", &"x".repeat(41)] {
            let error = Invitation::read("192.168.1.20:3100/k7q2mx4p", name)
                .unwrap_err()
                .to_string();
            assert!(error.starts_with("--as: a name has "), "{error:#}");
        }
    }
}
