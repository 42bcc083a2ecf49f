//! The closed table of everything that can go wrong, each with a status and a sentence for a person.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Declares [`ErrorCode`] and its table in one place, so that no code can miss its sentence.
macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:literal, $title:literal, $advice:literal;)*) => {
        /// One of the known failures, on the wire as its snake_case code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)*
        }

        impl ErrorCode {
            /// Every code there is.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)*];

            /// The code as it stands on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }

            /// What happened, in a person's words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What to do next, in a person's words.
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$variant => $advice,)* }
            }
        }
    };
}

error_codes! {
    /// A part of the form that must hold a photo is absent.
    PhotoMissing = "photo_missing", 422, "A photo is missing.", "Add both photos: the face to use and the picture it goes into.";
    /// The file has no bytes.
    PhotoEmpty = "photo_empty", 422, "This file is empty.", "Choose another file.";
    /// The file is over the byte limit.
    PhotoTooLarge = "photo_too_large", 413, "This photo is over 10 MB.", "Choose a smaller one, or save it again as a JPEG.";
    /// The picture is over the pixel limit.
    PhotoTooManyPixels = "photo_too_many_pixels", 413, "This photo has too many pixels.", "It may have 40 million of them, and 16,384 on a side: make it smaller and try again.";
    /// The content is none of the formats we read.
    PhotoNotAnImage = "photo_not_an_image", 415, "This file is not a photo we can read.", "Use a JPEG, PNG or WebP picture.";
    /// The content claims to be a picture and is not a whole one.
    PhotoDamaged = "photo_damaged", 422, "This photo is damaged.", "Part of the file is missing or broken: export it again, or choose another one.";
    /// Nobody to take a face from.
    NoFaceInSource = "no_face_in_source", 422, "No face found in the face photo.", "Use a photo where the face is clear, lit, and turned to the camera.";
    /// Nobody to put a face on.
    NoFaceInTarget = "no_face_in_target", 422, "No face found in the picture to change.", "Use a picture where at least one face is clear and not too small.";
    /// A chosen face's number is beyond those found.
    FaceNotFound = "face_not_found", 422, "The chosen face is not in the photo.", "Choose one of the outlined faces.";
    /// A face of too few pixels to graft.
    FaceTooSmall = "face_too_small", 422, "This face is too small to work with.", "Use a photo where the face is larger.";
    /// An option lies outside its range.
    OptionOutOfRange = "option_out_of_range", 422, "One of the settings is out of its range.", "Likeness and skin tone go from 0 to 100.";
    /// The request could not be understood.
    RequestMalformed = "request_malformed", 400, "The request could not be read.", "Send the photos as a form, with the fields “source” and “target”.";
    /// The body is over the limit of a whole request.
    RequestTooLarge = "request_too_large", 413, "The upload is too large.", "Each photo may have up to 10 MB.";
    /// The request took too long to arrive.
    RequestTimeout = "request_timeout", 408, "The upload took too long.", "Check the connection and try again.";
    /// A form sent from somebody else's page.
    CrossSite = "cross_site", 403, "This request came from another website.", "Open MOG AI itself and try again from there.";
    /// No such page or operation.
    NotFound = "not_found", 404, "There is nothing at this address.", "Go back to the studio.";
    /// The address exists, the verb does not.
    MethodNotAllowed = "method_not_allowed", 405, "This address cannot be used that way.", "Go back to the studio.";
    /// A stored result that was removed or has expired.
    ResultGone = "result_gone", 404, "This result is no longer here.", "Results of the form are kept for one hour. Make it again from your photos.";
    /// All workers are taken and the queue is full.
    Busy = "busy", 503, "The server is busy.", "Try again in a few seconds, or use the studio: it works in your browser.";
    /// The face models could not be loaded.
    ModelsUnavailable = "models_unavailable", 503, "The face models could not be loaded.", "Check the connection and reload the page.";
    /// The browser lacks something that the engine needs.
    BrowserUnsupported = "browser_unsupported", 501, "This browser cannot run the face engine.", "Use a current Chrome, Edge, Firefox or Safari, or send the form without JavaScript.";
    /// Our fault.
    Internal = "internal", 500, "Something went wrong on our side.", "Try again. If it happens again, tell us the request number.";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.title(), self.advice())
    }
}

impl std::error::Error for ErrorCode {}

/// The text is not one of the table's codes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a known error code")]
pub struct UnknownCode(pub String);

impl FromStr for ErrorCode {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|known| known.as_str() == code).ok_or_else(|| UnknownCode(code.into()))
    }
}

impl ErrorCode {
    /// The code of that name, or [`ErrorCode::Internal`]: what another layer calls a failure is not always ours.
    pub fn parse_or_internal(code: &str) -> Self {
        code.parse().unwrap_or(Self::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_parse_back() {
        for code in ErrorCode::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
        }
        assert!("no_such_code".parse::<ErrorCode>().is_err());
    }

    #[test]
    fn the_wire_name_is_the_code() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).ok(), Some(code.as_str().into()));
        }
    }

    #[test]
    fn every_code_says_what_happened_and_what_to_do() {
        for code in ErrorCode::ALL {
            assert!(code.title().ends_with('.') && code.advice().ends_with('.'), "{code:?}");
            assert!((400..600).contains(&code.status()), "{code:?}");
        }
    }
}
