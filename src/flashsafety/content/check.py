"""What notes say of one another and of the shared files, looked up once all are read."""

from collections.abc import Callable, Collection, Mapping, Sequence

from flashsafety.content.bank import Placed
from flashsafety.content.cardfile import Draft
from flashsafety.content.faults import Faults, quoted
from flashsafety.content.nearest import Names, suggest
from flashsafety.content.shared import Shared


class Check:
    """Looks up what notes refer to, and says which of them can be used."""

    def __init__(
        self,
        shared: Shared,
        faults: Callable[[str], Faults],
        known: Mapping[str, str],
        broken: Collection[str],
    ) -> None:
        """Take what there is to refer to.

        Args:
            shared: Syllabus, bibliography and retired ids.
            faults: Gives the problems of a file, to add to.
            known: Notes in files that were not read: id to ``file:line``.
            broken: Ids of notes that are there but unsound: naming one is no fault.
        """
        self._shared = shared
        self._faults = faults
        self._known = known
        self._places: dict[str, str] = {}
        """Of the notes that were read."""
        self._broken = set(broken)
        self._modules = Names(shared.modules)
        self._sources = Names(shared.sources)
        self._retired = Names(shared.retired)
        self._ids: Names | None = None

    def run(self, drafts: Sequence[Draft]) -> tuple[list[Placed], set[str]]:
        """Report what refers to nothing.

        Args:
            drafts: In the order in which ids are taken.

        Returns:
            The notes that can be used, in study order, and the ids of those that cannot.
        """
        accepted, refused = [], set()
        for draft in drafts:
            if self._accepts(draft):
                accepted.append(draft)
                self._places[draft.note.id] = f"{draft.file}:{draft.line}"
            else:
                refused.add(draft.note.id)
        self._broken |= refused
        for draft in drafts:
            self._look_up(draft)
        self._circles(accepted)
        modules = self._shared.modules
        accepted.sort(key=lambda d: (modules[d.module].number, d.module))
        placed = [
            Placed(draft.note, draft.module, draft.file, draft.line, position)
            for position, draft in enumerate(accepted)
        ]
        return placed, refused - {draft.note.id for draft in accepted}

    def look_up_retired(self) -> None:
        """Report retired ids that are said to be replaced by a note that nobody knows."""
        for faults, kind, name, place in self._shared.references:
            if kind == "note" and not self._exists(name) and name not in self._shared.retired:
                mend = suggest(name, self._all_ids(), "name a note of the bank by its id")
                faults.add(place, "replacement-unknown", f"there is no note {quoted(name)}", mend)

    def _accepts(self, draft: Draft) -> bool:
        """False, with the reason reported, for a note that cannot be filed under its id."""
        note, faults = draft.note, self._faults(draft.file)
        taken = self._places.get(note.id) or self._known.get(note.id)
        if taken is not None:
            message = f'the id "{note.id}" is taken: {taken}'
            mend = "choose another id; if both ask the same, keep one of them"
            faults.add(draft.place("id"), "id-taken", message, mend)
            return False
        retired = self._shared.retired.get(note.id)
        if retired is not None:
            by = f"; {retired.replaced_by} took its place" if retired.replaced_by else ""
            message = f'the id "{note.id}" was retired on {retired.date}: {retired.reason}{by}'
            mend = (
                f'choose another id, and add "replaces: {note.id}" when this card takes its place'
            )
            faults.add(draft.place("id"), "retired-id-used", message, mend)
            return False
        if draft.module in self._shared.modules:
            return True
        if draft.module not in self._shared.named_modules and not self._shared.no_syllabus:
            mend = suggest(draft.module, self._modules, "name a module of syllabus.yaml")
            message = f"unknown module {quoted(draft.module)}"
            faults.add(draft.place("module"), "module-unknown", message, mend)
        return False

    def _look_up(self, draft: Draft) -> None:
        shared, note, faults = self._shared, draft.note, self._faults(draft.file)
        if faults.full:
            return
        module = shared.modules.get(draft.module)
        if module is not None:
            topics = [topic.slug for topic in module.topics]
            for index, slug in enumerate(note.topics):
                if slug not in topics:
                    message = f'"{slug}" is no topic of module {module.slug}'
                    mend = self._topic_mend(slug, topics)
                    faults.add(draft.place("topics", index), "topic-unknown", message, mend)
        if note.source not in shared.named_sources and shared.sources_known:
            mend = suggest(note.source, self._sources, "add it to sources.yaml")
            message = f"unknown source {quoted(note.source)}"
            faults.add(draft.place("source"), "source-unknown", message, mend)
        for index, name in enumerate(note.prerequisites):
            if not self._exists(name):
                mend = suggest(name, self._all_ids(), "name a note of the bank by its id")
                place = draft.place("prerequisites", index)
                faults.add(place, "prerequisite-unknown", f"there is no note {quoted(name)}", mend)
        if note.replaces is not None and note.replaces not in shared.retired:
            self._wrong_replaces(draft, note.replaces, faults)

    def _wrong_replaces(self, draft: Draft, name: str, faults: Faults) -> None:
        if self._exists(name):
            message = f"{quoted(name)} is still in the bank"
            mend = "a note that is replaced leaves its file, and its id goes to retired.yaml"
        else:
            message = f"{quoted(name)} was never retired"
            mend = suggest(name, self._retired, "add it to retired.yaml, with a reason")
        faults.add(draft.place("replaces"), "replaces-unknown", message, mend)

    def _topic_mend(self, slug: str, topics: list[str]) -> str:
        near = Names(topics).nearest(slug)
        if near:
            return f'did you mean "{near}"?'
        for module in self._shared.modules.values():
            if any(topic.slug == slug for topic in module.topics):
                return f"it is one of module {module.slug}; here: {', '.join(topics)}"
        return f"topics: {', '.join(topics)}" if topics else "the module has no topics yet"

    def _exists(self, id_: str) -> bool:
        return id_ in self._places or id_ in self._broken or id_ in self._known

    def _all_ids(self) -> Names:
        if self._ids is None:
            self._ids = Names((*self._known, *self._places))
        return self._ids

    def _circles(self, drafts: Sequence[Draft]) -> None:
        """Report notes that lead back to themselves by their prerequisites."""
        graph = {draft.note.id: draft for draft in drafts}
        done: set[str] = set()
        for start in graph:
            path: list[str] = []
            on_path: set[str] = set()
            todo = [(start, 0)]
            while todo:
                name, index = todo.pop()
                if index == 0:
                    if name in done:
                        continue
                    path.append(name)
                    on_path.add(name)
                names = graph[name].note.prerequisites
                if index == len(names):
                    done.add(path.pop())
                    on_path.discard(name)
                    continue
                todo.append((name, index + 1))
                following = names[index]
                if following in on_path:
                    circle = [*path[path.index(following) :], following]
                    self._report_circle(graph[name], index, circle)
                elif following in graph:
                    todo.append((following, 0))

    def _report_circle(self, draft: Draft, index: int, circle: list[str]) -> None:
        shown = circle if len(circle) <= 6 else [*circle[:4], "...", circle[-1]]
        self._faults(draft.file).add(
            draft.place("prerequisites", index),
            "prerequisite-circle",
            f"the prerequisites lead in a circle: {' > '.join(shown)}",
            "take one of them out: each card builds only on what comes before it",
        )
