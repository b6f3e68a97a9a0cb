"""Ed25519 in plain Python, against RFC 8032 and against OpenSSL."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.standalone.ed25519 import ed25519_verify
from infra.standalone.ed25519_signing import ed25519_public, ed25519_sign

ORDER = 2**252 + 27742317777372353535851937790883648493
PRIME = 2**255 - 19
SEEDS = st.binary(min_size=32, max_size=32)
MESSAGES = st.binary(max_size=80)

# RFC 8032 §7.1, TEST 1 to 3 and TEST SHA(abc): secret, public, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]

# Every encoding of the eight points of small order, those with a y beyond the prime included.
SMALL_ORDER_Y = [
    0, 1, PRIME - 1, PRIME, PRIME + 1,
    2707385501144840649318225287225658788936804267575313519463743609750303021540,
    PRIME - 2707385501144840649318225287225658788936804267575313519463743609750303021540,
]  # fmt: skip
SMALL_ORDER = [(y | sign << 255).to_bytes(32, "little") for y in SMALL_ORDER_Y for sign in (0, 1)]


def by_openssl(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return what OpenSSL says of a signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_published_cases(secret: str, public: str, message: str, signature: str) -> None:
    """The cases of RFC 8032 §7.1 give the published keys and signatures, and verify."""
    seed, text = bytes.fromhex(secret), bytes.fromhex(message)
    assert ed25519_public(seed).hex() == public
    assert ed25519_sign(seed, text).hex() == signature
    assert ed25519_verify(bytes.fromhex(public), bytes.fromhex(signature), text)


@given(SEEDS, MESSAGES)
@settings(max_examples=30, deadline=None)
def test_signing_agrees_with_openssl(seed: bytes, message: bytes) -> None:
    """Keys and signatures are those that OpenSSL makes."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    assert ed25519_public(seed) == private.public_key().public_bytes_raw()
    assert ed25519_sign(seed, message) == private.sign(message)


@given(SEEDS, MESSAGES, st.integers(0, 96 * 8 - 1))
@settings(max_examples=60, deadline=None)
def test_a_flipped_bit_is_judged_as_openssl_does(seed: bytes, message: bytes, place: int) -> None:
    """A valid signature is accepted; with any bit of it or of the key flipped it is not."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    both = bytearray(private.public_key().public_bytes_raw() + private.sign(message))
    assert ed25519_verify(bytes(both[:32]), bytes(both[32:]), message)
    both[place // 8] ^= 1 << place % 8
    public, signature = bytes(both[:32]), bytes(both[32:])
    assert not ed25519_verify(public, signature, message)
    assert not by_openssl(public, signature, message)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64), MESSAGES)
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_judged_as_openssl_does(public: bytes, sign: bytes, message: bytes) -> None:
    """Bytes that are no key and no signature end in the same answer, never in an error."""
    assert ed25519_verify(public, sign, message) == by_openssl(public, sign, message)


def test_a_signature_has_one_spelling() -> None:
    """The same S with the group order added is refused (RFC 8032 §5.1.7)."""
    seed = bytes(range(32))
    signature = ed25519_sign(seed, b"text")
    larger = int.from_bytes(signature[32:], "little") + ORDER
    again = signature[:32] + larger.to_bytes(32, "little")
    assert ed25519_verify(ed25519_public(seed), signature, b"text")
    assert not ed25519_verify(ed25519_public(seed), again, b"text")


@pytest.mark.parametrize("public", SMALL_ORDER)
def test_points_of_small_order_are_judged_as_openssl_does(public: bytes) -> None:
    """Keys and R of small order, in every spelling, get the answer that OpenSSL gives."""
    for start in SMALL_ORDER:
        for message in (b"0", b"1", b"2", b"3"):
            signature = start + bytes(32)
            expected = by_openssl(public, signature, message)
            assert ed25519_verify(public, signature, message) == expected, (start, message)


@pytest.mark.parametrize("lengths", [(31, 64), (33, 64), (32, 63), (32, 65), (0, 0)])
def test_other_lengths_are_refused(lengths: tuple[int, int]) -> None:
    """A key has 32 bytes and a signature 64."""
    assert not ed25519_verify(bytes(lengths[0]), bytes(lengths[1]), b"")
