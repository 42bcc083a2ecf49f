//! A stored result, for browsers without JavaScript.

mod load;
mod page;
mod words;

pub use load::{Refused, load_result};
pub(crate) use page::ResultPage;

#[cfg(feature = "ssr")]
pub use reader::ResultReader;

#[cfg(feature = "ssr")]
mod reader {
    use std::future::Future;
    use std::pin::Pin;

    use contract::results::{ResultId, ResultView};

    /// What this page needs from the server, which puts it into the context as an `Arc<dyn ResultReader>`.
    pub trait ResultReader: Send + Sync {
        /// The result of that id, while it is kept.
        fn find<'a>(&'a self, id: ResultId) -> Pin<Box<dyn Future<Output = Option<ResultView>> + Send + 'a>>;
    }
}
