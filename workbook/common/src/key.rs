//! The key to a server of this machine. Every user and every program of the machine can send it requests; the learner or
//! instructor who started it has the key: in the address that is opened, and from then on in a cookie.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use anyhow::{Context, anyhow};
use subtle::ConstantTimeEq;

/// The key, and the name of the cookie that carries it.
#[derive(Debug, Clone)]
pub struct Key {
    secret: String,
    /// A browser sends a cookie to every port of a host: each server has a name of its own for it.
    cookie: String,
}

/// 32 random hexadecimal digits.
pub fn random() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).context("no random numbers on this machine")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Key {
    /// For the server on this port of the machine.
    pub fn new(secret: impl Into<String>, port: u16) -> Key {
        Key {
            secret: secret.into(),
            cookie: format!("workbook-{port}"),
        }
    }

    /// The one that is kept in `file`, or a new one: a page that is open goes on after the server was started anew. No other
    /// user may read the file.
    pub fn kept(file: &Path, port: u16) -> anyhow::Result<Key> {
        let shown = || format!("cannot keep a key in {}", file.display());
        if let Some(secret) = read(file) {
            return Ok(Key::new(secret, port));
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(shown)?;
        }
        // What others could read is no key any more.
        match fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(shown);
            }
            _ => {}
        }
        let secret = random()?;
        match create_private(file) {
            Ok(mut kept) => kept.write_all(secret.as_bytes()).with_context(shown)?,
            // Another server has just made it.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let secret = read(file).ok_or_else(|| anyhow!(shown()))?;
                return Ok(Key::new(secret, port));
            }
            Err(error) => return Err(error).with_context(shown),
        }
        Ok(Key::new(secret, port))
    }

    /// An address with the key, which is good for opening the page.
    pub fn opens(&self, address: &str) -> String {
        format!("{address}?key={}", self.secret)
    }

    /// Whether a request's query brings the key; `None` if it brings none.
    pub fn is_brought(&self, query: Option<&str>) -> Option<bool> {
        let mut pairs = query?.split('&');
        let brought = pairs.find_map(|pair| pair.strip_prefix("key="))?;
        Some(self.is(brought))
    }

    /// Whether a request's `Cookie` header has the key.
    pub fn is_among(&self, cookies: &str) -> bool {
        let mut cookies = cookies.split(';').map(str::trim);
        cookies.any(|cookie| {
            let pair = cookie.split_once('=');
            pair.is_some_and(|(name, value)| name == self.cookie && self.is(value))
        })
    }

    /// The `Set-Cookie` header that lets a browser in for a year: no script reads it, and no other site's page sends it.
    pub fn set_cookie(&self) -> String {
        let Key { secret, cookie } = self;
        format!("{cookie}={secret}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict")
    }

    /// How long it takes does not tell how much of a guess is right.
    fn is(&self, guess: &str) -> bool {
        self.secret.as_bytes().ct_eq(guess.as_bytes()).into()
    }
}

/// A page that leads on to `path`, without the key in the address. No redirect: a browser that came from elsewhere would
/// follow that without the cookie, which it sends only from one page of a site to another.
pub fn page_that_leads_to(path: &str) -> String {
    // One slash: two would lead to another host.
    page_that_opens(&format!("/{}", path.trim_start_matches(['/', '\\'])))
}

/// A page that leads on to an address at once.
pub fn page_that_opens(address: &str) -> String {
    let address = address
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The page opens</title>\
         <meta http-equiv=\"refresh\" content=\"0; url={address}\">\
         <p><a href=\"{address}\">Go on to the page</a></p></html>\n"
    )
}

/// A file that only its owner reads and that is new: no link is followed.
pub fn create_private(file: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// The key in a file, if it is one and nobody else could read it.
fn read(file: &Path) -> Option<String> {
    let file = File::open(file).ok()?;
    if !is_private(&file.metadata().ok()?) {
        return None;
    }
    let mut secret = String::new();
    file.take(100).read_to_string(&mut secret).ok()?;
    let is_key = secret.len() == 32 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_key.then_some(secret)
}

#[cfg(unix)]
fn is_private(data: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    data.is_file() && data.mode() & 0o077 == 0
}

/// What is in a user's own folder no other user reads.
#[cfg(not(unix))]
fn is_private(data: &fs::Metadata) -> bool {
    data.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_by_query_and_by_the_cookie_of_its_port_alone() {
        let key = Key::new("abc", 3000);
        assert_eq!(key.opens("http://h/"), "http://h/?key=abc");
        assert_eq!(key.is_brought(None), None);
        assert_eq!(key.is_brought(Some("monkey=abc")), None);
        assert_eq!(key.is_brought(Some("a=b&key=abc")), Some(true));
        assert_eq!(key.is_brought(Some("key=abcd")), Some(false));
        for (cookies, is_right) in [
            ("workbook-3000=abc", true),
            ("theme=navy; workbook-3000=abc", true),
            ("workbook-3001=abc", false),
            ("workbook-3000=ab", false),
            ("workbook-3000=", false),
            ("abc", false),
            ("", false),
        ] {
            assert_eq!(key.is_among(cookies), is_right, "{cookies}");
        }
    }

    #[test]
    fn a_page_leads_only_to_its_own_host() {
        let page = page_that_leads_to("//evil.example/\"><script>");
        assert!(
            page.contains("url=/evil.example/&quot;>&lt;script>\""),
            "{page}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_key_is_kept_for_the_next_start_and_is_another_one_if_others_could_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/key");
        let first = Key::kept(&file, 3000).unwrap();
        let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        assert_eq!(Key::kept(&file, 3000).unwrap().secret, first.secret);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_ne!(Key::kept(&file, 3000).unwrap().secret, first.secret);
        assert_eq!(mode(), 0o600);
        fs::write(&file, "").unwrap();
        assert_eq!(Key::kept(&file, 3000).unwrap().secret.len(), 32);
    }
}
