"""What is said of each key of a model: by editors on hover, and by messages where it is missing.

Pydantic would read it from the source each time that a model is imported, for every learner on the
way to the first card; here it is read when somebody asks.
"""

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def key_words(model: type[BaseModel]) -> Mapping[str, str]:
    """By key of the model and of those that it is made from, its docstring."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            definition = ast.parse(inspect.getsource(each)).body[0]
            assert isinstance(definition, ast.ClassDef)
            for key, below in pairwise(definition.body):
                match key, below:
                    case (
                        ast.AnnAssign(target=ast.Name(name)),
                        ast.Expr(ast.Constant(str() as words)),
                    ) if name in model.model_fields:
                        found[name] = " ".join(words.split())
    return found
