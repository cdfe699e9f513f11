"""Convert a collection on many workers: slices of its files in, parts of one sorted file of quads out.

slices    which bytes of which file a task reads
tasks     the pure functions that workers run: sample, map a slice, reduce a range of subjects
convert   the three rounds and what stands between them, for any engine that maps a function
dask_map  such an engine: Dask's scheduler, workers here or elsewhere
"""

from kg.distribute.convert import Converted, Mapping, convert

__all__ = ["Converted", "Mapping", "convert"]
