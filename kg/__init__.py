"""Reports of who met whom, about what, as a knowledge graph that proves itself."""

__all__: list[str] = []
