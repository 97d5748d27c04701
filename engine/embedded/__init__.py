"""PostgreSQL from a wheel, owned by one supervisor process, so that `make run` needs no database server."""

from engine.embedded.cluster import Cluster, attach, start
from engine.embedded.refused import Refused

__all__ = ["Cluster", "Refused", "attach", "start"]
