"""Where the expressions run: DuckDB within this process, or Spark on one machine or many.

An engine reads the files and says which of them hold lines that it could not take in; all that is
computed is computed by the expressions of ``analysis``, which are the same for both.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

import ibis
import ibis.expr.types as ir

from flashsafety.errors import UsageError
from flashsafety.study.anonymous import COLUMNS
from flashsafety.study.anonymous_files import NUMBERS
from flashsafety.study.csv_lines import LONGEST

EngineName = Literal["duckdb", "spark"]


class Engine(Protocol):
    """Reads anonymous logs into a table and runs expressions over it."""

    def ratings(self, paths: Sequence[str]) -> ir.Table:
        """Every line of the files, real paths, that has the right columns.

        The columns of the format and ``file``; ``NUMBERS`` are whole numbers and the others text,
        null where a cell is empty. ``readable`` is false of a line that is no such row.
        """

    def computed(self, table: ir.Table, name: str) -> ir.Table:
        """The same rows, computed now and kept until the end under a name."""

    def unreadable(self) -> set[str]:
        """Files with lines that ``ratings`` left out; asked for after they were read."""

    def path(self, file: str) -> str:
        """Which of the paths a value of the column ``file`` stands for."""


@contextmanager
def opened(name: EngineName, environ: Mapping[str, str]) -> Iterator[Engine]:
    """An engine, and the end of it.

    Args:
        name: Which.
        environ: The environment, to see whether there is a Java for Spark.

    Raises:
        UsageError: Spark is asked for, and there is no Java.
        ModuleNotFoundError: The engine is not installed.
    """
    if name == "duckdb":
        with tempfile.TemporaryDirectory() as spill:
            yield _DuckDB(spill)
    else:
        _refuse_without_java(environ)
        engine = _Spark()
        yield engine
        engine.session.stop()


class _DuckDB:
    """DuckDB, in memory, with a folder for what does not fit there."""

    def __init__(self, spill: str) -> None:
        self._db = ibis.duckdb.connect(
            temp_directory=spill,
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
        )

    def ratings(self, paths: Sequence[str]) -> ir.Table:
        types = {name: "BIGINT" if name in NUMBERS else "VARCHAR" for name in COLUMNS}
        table = self._db.read_csv(
            list(paths),
            columns=types,
            auto_detect=False,
            header=True,
            delim=",",
            quote="",
            escape="",
            nullstr="",
            max_line_size=LONGEST,
            ignore_errors=True,
            store_rejects=True,
            rejects_limit=1,
            filename="file",
        )
        return table.mutate(readable=True)

    def computed(self, table: ir.Table, name: str) -> ir.Table:
        return self._db.create_table(name, table, temp=True)

    def unreadable(self) -> set[str]:
        found = self._db.raw_sql(
            "SELECT file_path FROM reject_scans JOIN reject_errors USING (scan_id, file_id)"
        )
        return {row[0] for row in found.fetchall()}

    def path(self, file: str) -> str:
        return file


class _Spark:
    """Spark as its own settings say: a session on this machine unless they name a cluster."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("flashsafety items")
        for name in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
            builder = builder.config(name, "false")
        self.session = builder.getOrCreate()
        context = self.session.sparkContext
        context.setLogLevel("ERROR")
        if context.master.startswith("local"):
            parts = str(context.defaultParallelism)  # 200 of them take minutes for nothing
            self.session.conf.set("spark.sql.shuffle.partitions", parts)
        self._db = ibis.pyspark.connect(self.session)

    def ratings(self, paths: Sequence[str]) -> ir.Table:
        from pyspark.sql import functions

        columns = [f"{name} {'LONG' if name in NUMBERS else 'STRING'}" for name in COLUMNS]
        read = self.session.read.csv(
            list(paths),
            schema=", ".join([*columns, "unread STRING"]),
            mode="PERMISSIVE",
            columnNameOfCorruptRecord="unread",
            header=True,
            quote="",
        )
        rows = read.withColumns(
            {"file": functions.input_file_name(), "readable": functions.isnull("unread")}
        )
        rows.drop("unread").createOrReplaceTempView("ratings")
        return self._db.table("ratings")

    def computed(self, table: ir.Table, name: str) -> ir.Table:
        rows = self.session.sql(str(ibis.to_sql(table, dialect="pyspark")))
        rows.cache().createOrReplaceTempView(name)
        return self._db.table(name)

    def unreadable(self) -> set[str]:
        return set()

    def path(self, file: str) -> str:
        return unquote(urlsplit(file).path)


def _refuse_without_java(environ: Mapping[str, str]) -> None:
    if not environ.get("JAVA_HOME") and not shutil.which("java", path=environ.get("PATH", "")):
        raise UsageError(
            "Spark needs Java 17 or later, and there is no java here",
            where="--engine spark",
            mend="install it and set JAVA_HOME, or leave the work to duckdb",
        )
