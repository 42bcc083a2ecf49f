//! Database and store side by side.

use platform::media::Integrity;

use super::house::{on_each, user};

#[tokio::test]
async fn what_is_missing_changed_or_nobody_s_is_found() {
    on_each(async |house| {
        let ada = user(1);
        let (whole, missing, changed) =
            (house.picture(ada, 1).await, house.picture(ada, 2).await, house.picture(ada, 3).await);
        let sound = house.media.compare().await.unwrap();
        assert_eq!(sound, Integrity { files: 3, ..Integrity::default() });
        assert!(sound.is_sound());

        let path = |id: String| house.files().into_iter().find(|path| path.ends_with(&id)).unwrap();
        std::fs::remove_file(path(missing.id.to_string())).unwrap();
        std::fs::write(path(changed.id.to_string()), b"another content").unwrap();
        let orphan = house.media.new_id();
        let name = orphan.to_string();
        let store = path(whole.id.to_string()).ancestors().nth(2).unwrap().to_owned();
        let folder = store.join(&name[name.len() - 2..]);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(path(whole.id.to_string()), folder.join(name)).unwrap();
        let found = house.media.compare().await.unwrap();
        let expected = Integrity {
            files: 3,
            missing: vec![missing.id],
            changed: vec![changed.id],
            orphans: vec![orphan],
        };
        assert_eq!(found, expected);
        house.media.sweep().await.unwrap();
        assert!(house.media.compare().await.unwrap().orphans.is_empty());
        assert!(house.media.read(ada, whole.id).await.is_ok());
    })
    .await;
}
