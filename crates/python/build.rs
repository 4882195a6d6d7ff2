//! Lets the linkers that ask for every symbol know that Python brings its own.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
