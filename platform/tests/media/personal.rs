//! Exports, and the end of an account.

use platform::media::StoredFiles;
use platform::personal_data::PersonalData;

use super::house::{on_each, user};

#[tokio::test]
async fn an_export_names_every_file_and_an_erasure_leaves_none() {
    on_each(async |house| {
        let (ada, bob) = (user(1), user(2));
        let first = house.picture(ada, 1).await;
        house.pass(1);
        let second = house.picture(ada, 2).await;
        let of_bob = house.picture(bob, 1).await;
        house.media.delete(ada, second.id).await.unwrap();
        let part = StoredFiles::new(house.database.clone(), house.clock.clone());
        let export = part.export(ada).await.unwrap();
        assert_eq!(export[0]["file"]["id"], first.id.to_string());
        assert_eq!(export[0]["file"]["url"], format!("/media/{}", first.id));
        assert!(export[1]["deleted_at_ms"].is_i64(), "also what was thrown away: {export:#}");

        let mut tx = house.database.begin().await.unwrap();
        assert_eq!(part.erase(&mut tx, ada).await.unwrap(), 2, "what was thrown away, too");
        tx.commit().await.unwrap();
        assert_eq!(part.export(ada).await.unwrap(), serde_json::json!([]));
        house.media.sweep().await.unwrap();
        assert_eq!(house.files().len(), 2, "those of somebody else");
        assert!(house.media.read(bob, of_bob.id).await.is_ok());
        assert_eq!((house.count("media").await, house.count("media_owners").await), (1, 1));
    })
    .await;
}
