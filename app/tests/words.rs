//! What a person reads stands in the tables of `words.rs`, in every language: none of it is left in a component.
//!
//! That no sentence lacks a language needs no test: a field of `sentences!` has all of them, or does not compile, and one
//! that nobody shows is a warning.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use rstml::node::{KVAttributeValue, Node, NodeAttribute};
use syn::visit::Visit;
use syn::{ExprMethodCall, LitStr, Macro};

/// Names, of keys among them, that are the same in every language.
const NAMES: [&str; 4] = ["MOG AI", "Mastering Optical Grafting", "SHA-256", "Ctrl K"];

/// Attributes, and properties of our components, whose text a person reads or hears.
const SPOKEN: [&str; 15] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "description",
    "hint",
    "label",
    "note",
    "placeholder",
    "summary",
    "term",
    "text",
    "title",
];

/// What was found where.
#[derive(Debug, Default)]
struct Found {
    views: usize,
    texts: Vec<String>,
}

/// Walks through the code of a file, into the markup of `view!` and out of it again.
struct Walk<'a> {
    found: &'a mut Found,
    file: &'a Path,
    /// Whether strings of this code are shown: it stands between tags, or is the value of a spoken attribute.
    shown: bool,
}

impl Walk<'_> {
    fn with(&mut self, shown: bool, work: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.shown, shown);
        work(self);
        self.shown = before;
    }

    fn text(&mut self, text: &str) {
        if has_words(text) {
            self.found.texts.push(format!("{}: {text:?}", self.file.display()));
        }
    }

    fn view(&mut self, tokens: TokenStream) {
        self.found.views += 1;
        let nodes = rstml::parse2(tokens);
        let nodes = nodes.unwrap_or_else(|error| panic!("{}: {error}", self.file.display()));
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.text(&text.value_string()),
            Node::RawText(text) => self.text(&text.to_token_stream_string()),
            Node::Block(block) => {
                let block = block.try_block().expect("the compiler has read it");
                self.with(true, |walk| walk.visit_block(block));
            }
            Node::Element(element) => {
                let attributes = element.attributes();
                let is_description = |attribute: &NodeAttribute| {
                    matches!(attribute, NodeAttribute::Attribute(attribute)
                        if attribute.key.to_string() == "name"
                            && attribute.value_literal_string().as_deref() == Some("description"))
                };
                let described = attributes.iter().any(is_description);
                attributes.iter().for_each(|attribute| self.attribute(attribute, described));
            }
            _ => {}
        }
        node.children().into_iter().flatten().for_each(|child| self.node(child));
    }

    /// Of what machines read in a head, the description alone is text.
    fn attribute(&mut self, attribute: &NodeAttribute, described: bool) {
        let NodeAttribute::Attribute(attribute) = attribute else { return };
        let Some(KVAttributeValue::Expr(value)) =
            attribute.possible_value.to_value().map(|value| &value.value)
        else {
            return;
        };
        let name = attribute.key.to_string();
        let shown = SPOKEN.contains(&name.as_str()) || (described && name == "content");
        self.with(shown, |walk| walk.visit_expr(value));
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        if self.shown {
            self.text(&text.value());
        }
    }

    fn visit_macro(&mut self, found: &'ast Macro) {
        let name = found.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let tokens = found.tokens.clone();
        match name.as_str() {
            "view" => self.with(false, |walk| walk.view(tokens)),
            "format" if self.shown => self.text(&first_literal(tokens).unwrap_or_default()),
            _ => {}
        }
    }

    /// What a text is asked for or compared with is not shown; what comes of it may be.
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.visit_expr(&call.receiver);
        let gives = ["then_some", "unwrap_or", "map_or", "then", "map", "and_then", "unwrap_or_else"];
        let shown = self.shown && gives.contains(&call.method.to_string().as_str());
        self.with(shown, |walk| call.args.iter().for_each(|argument| walk.visit_expr(argument)));
    }

    /// A `match` shows what it gives, not what it compares with.
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        self.with(false, |walk| call.args.iter().for_each(|argument| walk.visit_expr(argument)));
    }

    fn visit_expr_binary(&mut self, operation: &'ast syn::ExprBinary) {
        self.with(false, |walk| syn::visit::visit_expr_binary(walk, operation));
    }
}

fn first_literal(tokens: TokenStream) -> Option<String> {
    let first = tokens.into_iter().next()?;
    syn::parse2::<LitStr>(TokenStream::from(first)).ok().map(|text| text.value())
}

/// Whether letters are left when names and the places for values are taken out.
fn has_words(text: &str) -> bool {
    let mut rest = text.to_owned();
    for name in NAMES {
        rest = rest.replace(name, "");
    }
    let mut inside = 0;
    rest.chars().any(|letter| {
        match letter {
            '{' => inside += 1,
            '}' => inside -= 1,
            _ => {}
        }
        inside == 0 && letter.is_alphabetic()
    })
}

fn look(code: &str, file: &Path, found: &mut Found) {
    let parsed = syn::parse_file(code).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Walk { found, file, shown: false }.visit_file(&parsed);
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
    Ok(())
}

#[test]
fn no_component_has_text_of_its_own() -> std::io::Result<()> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files)?;
    let mut found = Found::default();
    for file in &files {
        look(&std::fs::read_to_string(file)?, file, &mut found);
    }
    assert!(found.views > 80, "{} views are too few: is `view!` still the macro's name?", found.views);
    assert!(
        found.texts.is_empty(),
        "move these into words.rs, in every language:\n{}",
        found.texts.join("\n")
    );
    Ok(())
}

#[test]
fn text_is_found_wherever_it_hides() {
    let hidden = [
        "view! { <p>\"Hello\"</p> }",
        "view! { <p>{format!(\"{count} photos\")}</p> }",
        "view! { <p>{if known { \"Known\" } else { words.unknown }}</p> }",
        "view! { <button aria-label=\"Close\"/> }",
        "view! { <Fact term=\"Size\"/> }",
        "view! { <Meta name=\"description\" content=\"Faces\"/> }",
        "view! { <ul>{items.map(|item| view! { <li title=\"An item\">{item}</li> })}</ul> }",
        "view! { <p>{move || done.get().then_some(\"Done\")}</p> }",
    ];
    for code in hidden {
        let mut found = Found::default();
        look(&format!("fn page() {{ {code} }}"), Path::new("page.rs"), &mut found);
        assert_eq!(found.texts.len(), 1, "{code}: {:?}", found.texts);
    }
    let clean = [
        "view! { <p class=\"lead wide\" data-state=\"done\">{words.lead} \" · \" \"MOG AI\"</p> }",
        "view! { <p>{format!(\"{} · MOG AI\", words.title)}</p> }",
        "view! { <a aria-current=here.then_some(\"page\") href=\"/models\">{words.models}</a> }",
        "view! { <p>{sentence(\"photo_missing\")}</p> }",
        "view! { <Meta name=\"robots\" content=\"noindex\"/> }",
    ];
    for code in clean {
        let mut found = Found::default();
        look(&format!("fn page() {{ {code} }}"), Path::new("page.rs"), &mut found);
        assert!(found.texts.is_empty(), "{code}: {:?}", found.texts);
    }
}
