"""Does a caption say that the picture shows somebody's identity paper? Such a picture is never kept."""

from __future__ import annotations

import re

from nlu.text import fold, syllables

_PAPER = re.compile(
    r"\b(?:can cuoc(?: cong dan)?|cccd|cmnd|cmtnd|cmt|chung minh(?: thu| nhan dan)?|ho chieu|passport|vneid"
    r"|giay to tuy than|giay khai sinh|so ho khau|bang lai(?: xe)?|giay phep lai xe|gplx|the bhyt)\b"
)
_SHOWN = re.compile(
    r"\b(?:day|nay|mat truoc|mat sau|hai mat|2 mat|ban chup|chup|hinh|gui)\b"
    r"|\bcua (?:toi|em|minh|chau|con|bo|me|vo|chong|ong|ba|anh|chi|nha)\b"
)
_NOT_ONE = re.compile(r"\b(?:gia|quang cao|khong phai|mau)\b")
#: Other syllables beside the name of the paper that still make it a bare name: "CCCD ạ".
_BARE = 2


#: "Anh" without a mark is mostly a person; it is a picture where a mark or the paper itself stands by.
_PICTURE = re.compile(r"\bảnh\b|\banh (?:the |chup )?(?:can cuoc|cccd|cmnd|ho chieu|chung minh)\b")


def shows_identity_paper(caption: str) -> bool:
    """ "Ảnh căn cước của tôi đây", "CCCD mặt trước"; not "tờ rơi làm bằng lái giả dán ở cột điện".

    caption: words, or the name of a file ("cccd_mat_truoc.jpg").
    """
    words = " ".join(syllables(caption))
    said = fold(words)
    named = _PAPER.search(said)
    if named is None or _NOT_ONE.search(said):
        return False
    rest = _PAPER.sub(" ", said)
    shown = _SHOWN.search(rest) or _PICTURE.search(words) or _PICTURE.search(said)
    return len(syllables(rest)) <= _BARE or shown is not None
