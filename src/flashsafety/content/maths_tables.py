# ruff: noqa: RUF001 (signs that look alike are what this table is about)
"""What TeX knows of its symbols and pylatexenc does not say: classes, scripts, spaces, accents."""

_SUPER = (
    "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻-⁻=⁼(⁽)⁾"
    "aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ"
    "AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂ"
    "αᵅβᵝγᵞδᵟεᵋθᶿφᵠχᵡ′′"
)
_SUB = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋-₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ"
SUPERSCRIPTS = dict(zip(_SUPER[::2], _SUPER[1::2], strict=True))
SUBSCRIPTS = dict(zip(_SUB[::2], _SUB[1::2], strict=True))

RAISED = {"*": "*", "∗": "*", "⋆": "*", "†": "†", "∘": "°", "′": "′", "⊤": "ᵀ", "+": "⁺", "−": "⁻"}
"""Superscripts that are written on the line or have a sign of their own."""

ROOTS = {"3": "∛", "4": "∜", "2": "√"}

CHARACTERS = {"-": "−", "'": "′", "~": " ", "*": "*"}

RELATIONS = "=<>≤≥≠≈∼≃≅≡∝∈∉∋⊂⊆⊄⊈⊃⊇→←↔⇒⇐⇔⟶⟵⟷⟹⟸⟺↦⟼↪↠⇀↑↓≪≫≺≻⪯⪰≼≽⊥∥⊨⊢⊣≔≜≐≑≲≳⊏⊑⊐⊒∌"
BINARY = "+−±∓×÷·∗⋆∘∙∪∩∧∨⊕⊖⊗⊘⊙∖⊔⊓⊎△*"
LARGE = "∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂"

OPENING = {"{", "langle", "lceil", "lfloor", "lVert", "lvert", "lbrace", "lbrack", "("}
CLOSING = {"}", "rangle", "rceil", "rfloor", "rVert", "rvert", "rbrace", "rbrack", ")"}

OPERATORS = {
    name: name
    for name in [
        "log",
        "ln",
        "lg",
        "exp",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "arcsin",
        "arccos",
        "arctan",
        "max",
        "min",
        "sup",
        "inf",
        "lim",
        "det",
        "dim",
        "ker",
        "deg",
        "gcd",
        "hom",
        "arg",
        "Pr",
        "argmax",
        "argmin",
        "softmax",
    ]
} | {"limsup": "lim sup", "liminf": "lim inf", "bmod": "mod", "mod": "mod"}

SYMBOLS = {
    "epsilon": "ε",
    "varepsilon": "ε",
    "phi": "φ",
    "varphi": "φ",
    "|": "‖",
    "Vert": "‖",
    "lVert": "‖",
    "rVert": "‖",
    "vert": "|",
    "lvert": "|",
    "rvert": "|",
    "mid": "|",
    "lbrace": "{",
    "rbrace": "}",
    "{": "{",
    "}": "}",
    "lbrack": "[",
    "rbrack": "]",
    "colon": ":",
    "top": "⊤",
    "intercal": "⊤",
    "bot": "⊥",
    "sim": "∼",
    "cdot": "·",
    "ast": "∗",
    "star": "⋆",
    "setminus": "∖",
    "prime": "′",
    "ldots": "…",
    "dots": "…",
    "cdots": "⋯",
    "to": "→",
    "gets": "←",
    "implies": "⟹",
    "impliedby": "⟸",
    "iff": "⟺",
    "coloneqq": "≔",
    "triangleq": "≜",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "neq": "≠",
    "lt": "<",
    "gt": ">",
    "ell": "ℓ",
    "emptyset": "∅",
    "varnothing": "∅",
    "land": "∧",
    "lor": "∨",
    "lnot": "¬",
    "neg": "¬",
    "perp": "⊥",
    "indep": "⊥",
    "%": "%",
    "$": "$",
    "&": "&",
    "#": "#",
    "_": "_",
    "degree": "°",
    "\\": "\n",
    "newline": "\n",
}
"""Where TeX's own reading, or the plainer letter, is better than pylatexenc's."""

SPACES = {
    ",": " ",
    ":": " ",
    ">": " ",
    ";": " ",
    " ": " ",
    "!": "",
    "quad": "  ",
    "qquad": "  ",
    "thinspace": " ",
    "medspace": " ",
    "enspace": " ",
}

IGNORED = {
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "hfill",
    "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
    "Biggr", "bigm", "Bigm", "underbrace", "overbrace", "boxed", "mathstrut", "strut", "phantom",
    "hline",
}  # fmt: skip
"""Macros about the look of the page; what they are applied to is shown."""

ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "underline": "\u0332",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
}

ALPHABETS = {
    "mathbb": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "mathscr": "SCRIPT",
    "mathfrak": "FRAKTUR",
}
"""Not bold, italic or sans-serif: terminals show those letters badly, and plain ones well."""

UPRIGHT = {
    "text", "textbf", "textit", "textrm", "textsf", "texttt", "mbox", "mathrm", "mathbf", "mathit",
    "mathsf", "mathtt", "mathop", "mathbin", "mathrel", "boldsymbol", "bm", "operatorname", "pmod",
    "tag",
}  # fmt: skip

BRACKETS = {
    "cases": ("{ ", " }"),
    "matrix": ("", ""),
    "smallmatrix": ("", ""),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}
"""Environments shown in one line, rows divided by semicolons; all others keep their rows."""
