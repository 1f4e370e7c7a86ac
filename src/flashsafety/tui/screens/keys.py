"""Keys: every command with its keys, changed by pressing another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual import events
from textual.content import Content

from flashsafety.tui.commands import COMMANDS, PLACES, of
from flashsafety.tui.keymap import check_keys, key_name, keys_of
from flashsafety.tui.screens.fields import Entry, FieldsScreen
from flashsafety.tui.widgets.field import Field, Shown

_BY_NAME = {f"keys.{command.id}": command for command in COMMANDS}


class KeyField(Field):
    """A command whose next key is waited for, once it is asked."""

    listening = False

    def listen(self) -> None:
        """Wait for a key."""
        self.listening = True
        self.show(self.shown)

    def render(self) -> Content:
        """The line; while a key is waited for it says so."""
        if not self.listening:
            return super().render()
        kept, self.shown = self.shown, replace(self.shown, value="press the new key, or esc")
        try:
            return super().render()
        finally:
            self.shown = kept

    def on_key(self, event: events.Key) -> None:
        """Take the key, whatever else it does."""
        if not self.listening:
            return
        event.stop()
        event.prevent_default()
        self.stop_listening()
        if event.key != "escape":
            self.post_message(self.Typed(self, event.key, leaving=True))

    def on_blur(self) -> None:
        """Another line was gone to."""
        self.stop_listening()
        super().on_blur()

    def stop_listening(self) -> None:
        """Be a plain line again."""
        self.listening = False
        self.refresh()


class KeysScreen(FieldsScreen):
    """The table of commands, place by place."""

    HEADING = "Keys"
    SAID = "{settings.change}, then the new key"
    FIELD = KeyField

    def groups(self) -> Iterable[tuple[str, Sequence[Entry]]]:
        """The commands of each place."""
        chosen = self.flashsafety.library.settings.keys
        for place, heading in PLACES.items():
            yield (
                heading,
                [
                    Entry(
                        f"keys.{command.id}",
                        Shown(
                            command.title,
                            "  ".join(key_name(key) for key in keys_of(command, chosen)),
                            "changed" if command.id in chosen else "",
                        ),
                    )
                    for command in of(place)
                ],
            )

    def about(self, name: str) -> Iterable[Content]:
        """What the command does, its name in the file, its own keys."""
        command = _BY_NAME[name]
        yield Content.assemble((command.tooltip or command.title, "bold"))
        own = "  ".join(key_name(key) for key in keys_of(command, {}))
        said = f"In the file: {command.id}. Its own keys: {own}"
        again = f"{self.key('reset')} gives it these again; in the file it may have several."
        for line in (said, again):
            yield Content.assemble((line, "$foreground-muted"))

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "Keys",
            "Mark a command, press {settings.change}, then the key that is to do it. A key that"
            " does something else on the same screen is refused. Several keys for one command are"
            " written in the file, under [keys].",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no few values to go through."""
        return action != "turn" and super().check_action(action, parameters)

    async def change(self, field: Field) -> None:
        """Wait for the new key."""
        assert isinstance(field, KeyField)
        field.focus()
        field.listen()

    def refusal(self, name: str, value: str) -> str:
        """A key that is taken."""
        chosen = self.flashsafety.library.settings.keys
        old = check_keys(chosen)
        new = {**chosen, _BY_NAME[name].id: value}
        return "; ".join(said for said in check_keys(new) if said not in old)
