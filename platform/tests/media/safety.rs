//! Checks of contents: closed where they fail, and before anything is kept.

use std::sync::Arc;

use async_trait::async_trait;
use contract::ErrorCode;
use contract::fields::FileName;
use platform::media::{ContentSafety, SafetyError, Verdict};

use super::house::{code, jpeg, on_each_checked, user};

struct Judge(Result<Verdict, SafetyError>);

#[async_trait]
impl ContentSafety for Judge {
    async fn examine(&self, picture: &[u8]) -> Result<Verdict, SafetyError> {
        assert!(picture.starts_with(b"\xff\xd8"), "it is shown a small JPEG");
        self.0.clone()
    }
}

#[tokio::test]
async fn only_what_is_judged_to_be_allowed_is_kept() {
    let out_of_reach = || Err(SafetyError("nobody answers".into()));
    for (verdict, expected) in
        [(Ok(Verdict::Refused), ErrorCode::ContentRefused), (out_of_reach(), ErrorCode::ContentUnchecked)]
    {
        on_each_checked(Arc::new(Judge(verdict.clone())), async |house| {
            assert_eq!(code(house.send(user(1), "me.jpg", &jpeg(1)).await), expected);
            let name = FileName::parse("result.jpg").unwrap();
            assert_eq!(code(house.media.save_result(user(1), &name, jpeg(1)).await), expected);
            assert_eq!((house.files().len(), house.count("media").await), (0, 0));
        })
        .await;
    }
    on_each_checked(Arc::new(Judge(Ok(Verdict::Allowed))), async |house| {
        house.picture(user(1), 1).await;
        let document = b"%PDF-1.4\nstartxref\n%%EOF";
        let refused = house.send(user(1), "terms.pdf", document).await;
        assert_eq!(code(refused), ErrorCode::MediaUnsupported, "what cannot be looked at is not taken");
    })
    .await;
}
