//! Asks the linker for the relocations that the module is cut by (docs/adr/0009).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
}
