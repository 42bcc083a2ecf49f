//! The two cookies of a session on the web, which no script can read.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum_extra::extract::CookieJar;
use contract::fields::Secret;
use platform::auth::SessionTokens;

use crate::site::Site;

/// Names under https: a browser takes a `__Host-` cookie from this host alone, by https, for all paths.
const SECURE: [&str; 2] = ["__Host-mog-access", "__Host-mog-refresh"];

/// Names by plain http, where browsers refuse `__Host-`.
const PLAIN: [&str; 2] = ["mog-access", "mog-refresh"];

/// What a browser is told when somebody leaves: what it kept of their pages is not for whoever sits down next.
pub(crate) const FORGET_PAGES: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

/// How this site names and guards its cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cookies {
    secure: bool,
}

impl Cookies {
    pub(crate) const fn of(site: &Site) -> Self {
        Self { secure: site.https() }
    }

    const fn names(self) -> [&'static str; 2] {
        if self.secure { SECURE } else { PLAIN }
    }

    /// Access and refresh token, as far as the browser sent them.
    pub(crate) fn read(self, headers: &HeaderMap) -> [Option<Secret>; 2] {
        let jar = CookieJar::from_headers(headers);
        self.names().map(|name| jar.get(name).map(|cookie| Secret::new(cookie.value())))
    }

    /// Whether a browser sent a session along.
    pub(crate) fn are_in(self, headers: &HeaderMap) -> bool {
        self.read(headers).iter().any(Option::is_some)
    }

    /// The headers that hand a browser the tokens of its session.
    pub(crate) fn set(self, tokens: &SessionTokens, now_ms: i64) -> [(HeaderName, HeaderValue); 2] {
        let [access, refresh] = self.names();
        let seconds = |ends_at_ms: i64| (ends_at_ms - now_ms) / 1000;
        [
            self.cookie(access, tokens.access.expose(), seconds(tokens.access_ends_at_ms)),
            self.cookie(refresh, tokens.refresh.expose(), seconds(tokens.refresh_ends_at_ms)),
        ]
    }

    /// The headers that make a browser forget both.
    pub(crate) fn clear(self) -> [(HeaderName, HeaderValue); 2] {
        self.names().map(|name| self.cookie(name, "", 0))
    }

    /// Whether an answer says something about these cookies already.
    pub(crate) fn are_set_by(self, answer: &HeaderMap) -> bool {
        let names = self.names();
        answer.get_all(header::SET_COOKIE).iter().any(|value| {
            let name = value.as_bytes().split(|byte| *byte == b'=').next().unwrap_or_default();
            names.iter().any(|known| known.as_bytes() == name)
        })
    }

    fn cookie(self, name: &str, value: &str, seconds: i64) -> (HeaderName, HeaderValue) {
        let secure = if self.secure { "; Secure" } else { "" };
        let seconds = seconds.max(0);
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        // Our tokens are letters, digits, `-`, `_` and `.`: what cannot be a header is none of them.
        let mut value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
        value.set_sensitive(true);
        (header::SET_COOKIE, value)
    }
}

#[cfg(test)]
mod tests {
    use contract::auth::SessionId;
    use contract::users::UserId;

    use super::*;

    fn cookies(public_url: &str) -> Cookies {
        Cookies::of(&Site::new(&public_url.to_owned().try_into().unwrap(), &[]))
    }

    fn set(cookies: Cookies) -> [String; 2] {
        let tokens = SessionTokens {
            access: Secret::new("a.b.c"),
            access_ends_at_ms: 901_000,
            refresh: Secret::new("r"),
            refresh_ends_at_ms: 0,
            session: SessionId::new(0, 0),
            user: UserId::new(0, 0),
        };
        cookies.set(&tokens, 1_000).map(|(_, value)| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn under_https_they_belong_to_this_host_alone() {
        let [access, refresh] = set(cookies("https://mog.example"));
        assert_eq!(access, "__Host-mog-access=a.b.c; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(refresh, "__Host-mog-refresh=r; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn on_plain_localhost_they_have_other_names() {
        let plain = cookies("http://127.0.0.1:3000");
        assert_eq!(set(plain)[0], "mog-access=a.b.c; Path=/; Max-Age=900; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("theme=dark; mog-refresh=xyz"));
        assert_eq!(plain.read(&headers), [None, Some(Secret::new("xyz"))]);
        assert!(plain.are_in(&headers) && !cookies("https://mog.example").are_in(&headers));
    }

    #[test]
    fn an_answer_s_own_cookies_are_seen() {
        let ours = cookies("https://mog.example");
        let answer: HeaderMap = ours.clear().into_iter().collect();
        assert!(ours.are_set_by(&answer) && !ours.are_set_by(&HeaderMap::new()));
    }
}
