"""HTTP APIs of container registries, described with routebook: `registry_api.v2`."""
