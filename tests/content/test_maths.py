# ruff: noqa: RUF001 (signs that look alike are what is tested)
r"""Maths reads in a terminal as it does on paper, as far as Unicode goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.maths import maths_to_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"P(X > x) \propto x^{-2}", "P(X > x) ∝ x⁻²"),
        (r"x^{-\alpha}", "x⁻ᵅ"),
        (r"x_{i+1}", "xᵢ₊₁"),
        (r"x_{i,j}", "x_(i, j)"),
        (r"e^{-x^2/2}", "e^(−x²/2)"),
        (r"(x_m / x)^{1.5}", "(xₘ/x)^1.5"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{1}{2\sigma^2}", "1/(2σ²)"),
        (r"2\frac{1}{n}", "2(1/n)"),
        (r"\frac12", "1/2"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{\partial L}{\partial x_i}", "∂L/∂xᵢ"),
        (r"\sqrt{x+1} + \sqrt x + \sqrt[3]{x}", "√(x + 1) + √x + ∛x"),
        (r"\|x\|_\infty \le \epsilon", "‖x‖∞ ≤ ε"),
        (r"\lVert x \rVert_2", "‖x‖₂"),
        (r"\mathbb{E}[X - u \mid X > u]", "𝔼[X − u | X > u]"),
        (r"\mathcal{L}, \mathbb{R}^d, \mathbf{w}^\top x", "ℒ, ℝᵈ, wᵀx"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\theta^* = \arg\min_\theta L", "θ* = arg min_θ L"),
        (r"2\log x + \log(x)", "2 log x + log(x)"),
        (r"D_{\mathrm{KL}}(p \,\|\, q)", "D_KL(p ‖ q)"),
        (r"p_{\text{data}}(x)", "p_data(x)"),
        (r"\hat{y} + \bar x", "ŷ + x̄"),
        (r"\text{if } x", "if x"),
        (r"-5 \leq x = -3", "−5 ≤ x = −3"),
        (r"1{,}000 + 1,000", "1,000 + 1,000"),
        (r"10\%/16", "10%/16"),
        (r"90^\circ, f'(x), x \not= y", "90°, f′(x), x ≠ y"),
        (r"\left( \binom{n}{k} \right)", "(C(n, k))"),
        (r"\begin{cases} a & \text{if } b\\ c & \text{else}\end{cases}", "{ a if b; c else }"),
        (r"\begin{aligned} a &= b \\ &= c\end{aligned}", "a = b\n= c"),
        (r"\begin{bmatrix}1 & 2\\ 3 & 4\end{bmatrix}", "[1 2; 3 4]"),
        (r"\underbrace{a+b}_{\text{sum}}", "(a + b)_sum"),
        (r"\lim_{x \to \infty}", "lim_(x → ∞)"),
        (r"\beta \otimes \aleph", "β ⊗ ℵ"),
    ],
)
def test_a_formula_reads_well(latex, text):
    assert maths_to_text(latex) == text


def test_an_unknown_macro_is_shown_as_it_was_written():
    assert maths_to_text(r"\nosuchthing x") == r"\nosuchthing x"


def test_a_formula_nested_beyond_reason_is_shown_as_it_was_written():
    assert maths_to_text("{" * 5000) == "{" * 5000
    assert maths_to_text("{" * 900) == "{" * 900
    assert maths_to_text("^" * 900)


@given(st.text(alphabet=r"\{}^_&$% ab12+-=().,[]'fracsqrtbegindleft", max_size=60))
def test_no_formula_raises(latex):
    maths_to_text(latex)
