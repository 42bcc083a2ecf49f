//! Writes a manifest into a file and signs it.

use std::io::Cursor;

use c2pa::assertions::DataHash;
use c2pa::{Builder, Context, HashRange, Signer};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::identity::Identity;
use crate::{ProvenanceError, reading};

/// What happened, in the words of IPTC's digital source types: a picture put together with what a network made.
const COMPOSITE: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
/// The program that made the claim; and who did where the server has seen a hash and no picture.
const GENERATOR: &str = "MOG AI";
const GENERATOR_ELSEWHERE: &str = "MOG AI in a browser";
/// The assertion that repeats what the invisible mark says.
pub(crate) const MARK_LABEL: &str = "org.mog-ai.mark";

/// What a manifest says about a picture.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The 64 bits that its invisible mark carries as well.
    pub id: u64,
    /// When it was made, in milliseconds since 1970.
    pub made_at_ms: i64,
    /// The pictures it was made of, as files. Their own manifests are kept.
    pub ingredients: &'a [Ingredient<'a>],
}

/// A picture that another was made of.
#[derive(Clone, Copy, Debug)]
pub struct Ingredient<'a> {
    /// What it was for.
    pub role: Role,
    /// The file as it came.
    pub file: &'a [u8],
}

/// What an ingredient was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The picture that was changed.
    Target,
    /// The picture whose face was put into it.
    Source,
}

impl Role {
    const fn title(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Source => "source",
        }
    }

    const fn relationship(self) -> &'static str {
        match self {
            Self::Target => "parentOf",
            Self::Source => "componentOf",
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Target => "c2pa.opened",
            Self::Source => "c2pa.placed",
        }
    }
}

/// Signs a JPEG, PNG or WebP file: the same pixels, with a manifest.
///
/// # Errors
/// When the file is none of these, or damaged.
pub fn sign(file: &[u8], claim: &Claim<'_>, identity: &Identity) -> Result<Vec<u8>, ProvenanceError> {
    let media_type = reading::media_type(file).ok_or(c2pa::Error::UnsupportedType)?;
    let ingredients = readable(claim.ingredients);
    let mut builder = builder(claim, &ingredients, media_type, GENERATOR)?;
    for Readable { role, title, media_type, file } in &ingredients {
        let about = json!({ "title": title, "relationship": role.relationship(), "label": title });
        builder.add_ingredient_from_stream(about.to_string(), media_type, &mut Cursor::new(file))?;
    }
    let mut signed = Cursor::new(Vec::with_capacity(file.len() + 64 * 1024));
    builder.sign(identity, media_type, &mut Cursor::new(file), &mut signed)?;
    Ok(signed.into_inner())
}

/// A file that somebody else has, of which we know the hash alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// How it is written.
    pub container: Container,
    /// SHA-256 of its bytes, without a manifest.
    pub sha256: [u8; 32],
}

/// A format whose manifest has a fixed place, so that it can be made without the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// JPEG: the manifest follows the start of the image, two bytes in.
    Jpeg,
    /// PNG: it follows the header, 33 bytes in.
    Png,
}

impl Container {
    /// Where in a file the manifest is inserted.
    pub const fn place(self) -> usize {
        match self {
            Self::Jpeg => 2,
            Self::Png => 33,
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// The manifest of a file that is elsewhere, as bytes to insert at [`Container::place`]. The picture stays where it is.
///
/// # Errors
/// When the signature fails.
pub fn sign_elsewhere(
    file: &Elsewhere,
    claim: &Claim<'_>,
    identity: &Identity,
) -> Result<Vec<u8>, ProvenanceError> {
    let media_type = file.container.media_type();
    let mut builder = builder(claim, &[], media_type, GENERATOR_ELSEWHERE)?;
    let room = builder.data_hashed_placeholder(identity.reserve_size(), media_type)?;
    let mut hash = DataHash::new("jumbf manifest", "sha256");
    let inserted = as_inserted(file.container, room).len();
    hash.add_exclusion(HashRange::new(file.container.place() as u64, inserted as u64));
    hash.set_hash(file.sha256.to_vec());
    let manifest = builder.sign_data_hashed_embeddable(identity, &hash, media_type)?;
    let manifest = as_inserted(file.container, manifest);
    // The hash leaves out just as many bytes as there were going to be.
    if manifest.len() == inserted { Ok(manifest) } else { Err(c2pa::Error::EmbeddingError.into()) }
}

/// A PNG chunk comes with the signature of a file in front, which the file has already.
fn as_inserted(container: Container, manifest: Vec<u8>) -> Vec<u8> {
    match manifest.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        Some(chunk) if container == Container::Png => chunk.to_vec(),
        _ => manifest,
    }
}

fn builder(
    claim: &Claim<'_>,
    ingredients: &[Readable<'_>],
    media_type: &str,
    generator: &str,
) -> Result<Builder, ProvenanceError> {
    let definition = definition(claim, ingredients, media_type, generator);
    Ok(Builder::from_context(Context::new()).with_definition(definition)?)
}

/// An ingredient whose file is a picture that we know.
struct Readable<'a> {
    role: Role,
    title: String,
    media_type: &'static str,
    file: &'a [u8],
}

/// The target first, as the specification has it for the one that was opened, then the sources: `source`, `source 2`
/// and so on.
fn readable<'a>(ingredients: &[Ingredient<'a>]) -> Vec<Readable<'a>> {
    let of = |role: Role| {
        let found = ingredients.iter().filter(move |ingredient| ingredient.role == role);
        let known = found.filter_map(|found| Some((found.file, reading::media_type(found.file)?)));
        known.enumerate().map(move |(at, (file, media_type))| {
            let title =
                if at == 0 { role.title().to_owned() } else { format!("{} {}", role.title(), at + 1) };
            Readable { role, title, media_type, file }
        })
    };
    of(Role::Target).take(1).chain(of(Role::Source)).collect()
}

fn definition(claim: &Claim<'_>, ingredients: &[Readable<'_>], media_type: &str, generator: &str) -> String {
    let when = OffsetDateTime::from_unix_timestamp(claim.made_at_ms.div_euclid(1000))
        .ok()
        .and_then(|at| at.format(&Rfc3339).ok());
    let opened = ingredients.iter().any(|ingredient| ingredient.role == Role::Target);
    let mut actions: Vec<Value> = Vec::new();
    if !opened {
        actions.push(json!({ "action": "c2pa.created", "when": when, "digitalSourceType": COMPOSITE }));
    }
    actions.extend(ingredients.iter().map(|ingredient| {
        json!({
            "action": ingredient.role.action(),
            "when": when,
            "parameters": { "ingredientIds": [ingredient.title] },
        })
    }));
    actions.push(json!({
        "action": "c2pa.edited",
        "when": when,
        "digitalSourceType": COMPOSITE,
        "description": "A face was replaced.",
    }));
    let definition = json!({
        "claim_generator_info": [{ "name": generator, "version": env!("CARGO_PKG_VERSION") }],
        "format": media_type,
        "assertions": [
            { "label": "c2pa.actions", "data": { "actions": actions } },
            { "label": MARK_LABEL, "data": { "id": format!("{:016x}", claim.id) } },
        ],
    });
    definition.to_string()
}
