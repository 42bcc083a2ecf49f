//! What people see and change of themselves, and what others see of them.

use contract::Language;
use contract::paging::PageQuery;
use contract::users::{Settings, Theme, UpdateProfile, UserId};

use super::house::{ADA, SECOND_MS, on_each};

#[tokio::test]
async fn a_profile_is_what_its_owner_made_it() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let me = house.users.me(&ada).await.unwrap();
        assert_eq!((me.name.as_str(), me.email.as_str(), me.email_verified), ("Ada Lovelace", ADA, true));
        assert_eq!(me.settings, Settings { language: Some(Language::French), theme: Theme::System });
        let bio = UpdateProfile { bio: Some("Notes\non engines".into()), name: None };
        let changed = house.users.update_profile(&ada, &bio.check().unwrap()).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.bio.as_str()), ("Ada Lovelace", "Notes\non engines"));
        let name = UpdateProfile { name: Some(String::new()), bio: None };
        let changed = house.users.update_profile(&ada, &name.check().unwrap()).await.unwrap();
        assert_eq!((changed.name.as_str(), changed.bio.as_str()), ("", "Notes\non engines"));
        let settings = Settings { language: None, theme: Theme::Dark };
        house.users.change_settings(&ada, settings).await.unwrap();
        assert_eq!(house.users.settings(&ada).await.unwrap(), settings);
    })
    .await;
}

#[tokio::test]
async fn others_see_neither_address_nor_role() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        let seen = house.users.public(ada.user).await.unwrap().unwrap();
        let json = serde_json::to_string(&seen).unwrap();
        assert!(json.contains("Ada Lovelace") && !json.contains('@') && !json.contains("role"));
        assert_eq!(house.users.public(UserId::new(0, 0)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_history_goes_on_where_the_last_page_ended() {
    on_each(async |house| {
        let ada = house.person(ADA).await;
        for _ in 0..5 {
            house.pass(SECOND_MS);
            house.sign_in(ADA).await;
        }
        let whole = house.auth.security_events(&ada, &PageQuery::default()).await.unwrap();
        assert_eq!((whole.items.len(), whole.next), (8, None));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let query = PageQuery { after, limit: Some(3) };
            let page = house.auth.security_events(&ada, &query).await.unwrap();
            seen.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, whole.items);
        assert!(seen.is_sorted_by(|newer, older| newer.at_ms >= older.at_ms));
    })
    .await;
}
