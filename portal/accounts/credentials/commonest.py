"""Passwords that are tried first, folded: lower case, without diacritics, letters and digits only."""

from indexer.text.folding import fold

_STEMS = [
    "password",
    "passw0rd",
    "matkhau",
    "admin",
    "administrator",
    "quantri",
    "quantrivien",
    "root",
    "user",
    "guest",
    "test",
    "demo",
    "welcome",
    "login",
    "letmein",
    "qwerty",
    "qwertyuiop",
    "qwer",
    "asdf",
    "asdfgh",
    "asdfghjkl",
    "zxcvbn",
    "zxcvbnm",
    "abc",
    "abcd",
    "abcdef",
    "iloveyou",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "football",
    "superman",
    "batman",
    "master",
    "shadow",
    "michael",
    "secret",
    "changeme",
    "default",
    "server",
    "system",
    "vietnam",
    "hanoi",
    "saigon",
    "danang",
    "hue",
    "haiphong",
    "tphcm",
    "hochiminh",
    "luutru",
    "luutrutinh",
    "luutrulichsu",
    "phongdoc",
    "vanthu",
    "sonoivu",
    "ubnd",
    "ubndtinh",
    "tinhuy",
    "congluutru",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "yeuanh",
    "khongbiet",
    "xinchao",
    "chaoban",
    "conyeu",
    "giadinh",
    "bongda",
]
"""What people build on; figures and signs before and after do not make them better."""

_EXACT = frozenset(["1qaz2wsx", "1q2w3e4r", "1q2w3e4r5t", "q1w2e3r4", "zaq12wsx", "qazwsxedc", "a1b2c3d4", "abcd1234"])

_STEM_SET = frozenset("".join(letter for letter in stem if letter.isalpha()) for stem in _STEMS)


_WRITTEN_OTHERWISE = str.maketrans("@$0134578", "asoieastb")
"""Figures and signs that people put for letters."""

_AROUND = "0123456789 !\"#%&'()*+,-./:;<=>?[\\]^_`{|}~"


def is_common(password: str) -> bool:
    """Whether the password is one of these, or one of them with figures and signs around it, or figures alone."""
    folded = fold(password)
    kept = "".join(letter for letter in folded if letter.isalnum())
    stem = folded.strip(_AROUND)
    stems = {_bare(stem), _bare(stem.translate(_WRITTEN_OTHERWISE))}
    return not stem or kept in _EXACT or len(set(kept)) <= 2 or not stems.isdisjoint(_STEM_SET)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())
