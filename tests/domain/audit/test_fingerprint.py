"""Fingerprints that two people can compare by telephone."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import combinations

from domain.audit.fingerprint import fingerprint
from domain.audit.keys import Kind, VerifierKey
from domain.audit.words import WORDS

from .signing import LOG, LOG_KEY

# How the words are pronounced, in their order.
_READINGS = """
baicai baihuo banji baota baoxian baozi beidou beike
beizi bisai biye biandan bianfu bianjiang binguan bingbao
bolang boluo caifeng caifu cangku caomei chaye changge
changjiang chenshan chengdu chengqiang chitang chongqing chushi chuangdan
chuanghu chuizi ciqi culiang cunzhuang dasuan daoyu diba
ditu diaoke diezi dongwu duanku duanlian duilian erduo
erhu fanqie feicui feizao fenghuang fengmi fengzheng ganzhe
gangtie gaoliang gezi gongdian gonglu gongren gutou guangchang
haitun haizi hangzhou heiban hongdeng houzi hudie huli
hupo huajia huasheng huanghun huochai jidan jita jianbang
jiandao jiangyou jiaoyin jiaozi jingcha jingzi junma kafei
keting kongque kongtiao kouqin kuaizi laba lajiao lazhu
laohu leidian liyu lizhi lianou liangfen linju liushu
longxia louti lunchuan luogu luosi luotuo lvse manao
mayi mantou maolv meigui meitan miantiao miaopu mofang
mogu moli moxing mubiao mudan mujiang muqin naodai
nenya nengliang niaochao ningmeng niukou niunai nongmin nuanqi
nver panzi pangxie paobu penjing pijiu pipa pixie
piaoliu pingguo pubu putao qiche qianbi qiaoliang qingting
qingwa quantou qunzi ruantang saozhou senlin shamo shanyang
shangdian shangyi shibing shitou shoutao shufang shuitong simiao
songshu sudu suliao suidao taijie taiyang tanhuang tengyi
tiandian tiane tiaosheng tingzhong tonghua tudou tuzi tuanyuan
wapian wanju wangguan weijin weilai weixiao wenquan wucan
wudao wuding wugui wushu wutong xigai xigua xique
xiagu xianhe xiangji xiangjiao xiaomai xiaoxi xiaoye xinfeng
xinzang xingqi xiongmao xiuli xuexiao yashua yazi yancong
yanjing yanyuan yaoshi yiyuan yinxing yinyue yingbi yingtao
yingwu youpiao youyong yufu yumi yusan yuwen yuanye
yuebing yuncai yunhe zaochen zhanlan zhentou zhenzhu zhengqi
zhima zhishi zhizhang zhizhu zhongbiao zhoucheng zhoumo zhusun
zhunbei zhuozi zidian ziyou zoulang zuqiu zuiba zuowei
"""
READINGS = _READINGS.split()
# What dialects of the north and the south do not tell apart: zh z, ch c, sh s, n l r, f h,
# -ng -n, ong un.
_MERGED = (
    ("zh", "z"), ("ch", "c"), ("sh", "s"), ("ong", "un"), ("ng", "n"), ("n", "l"), ("r", "l"),
    ("f", "h"),
)  # fmt: skip


def heard(reading: str) -> str:
    """Return a word as a listener may hear it who does not tell these sounds apart."""
    for said, understood in _MERGED:
        reading = reading.replace(said, understood)
    return reading


def differ(one: str, other: str) -> int:
    """Return how many letters must change to turn one word into the other (Levenshtein)."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            substituted = before[column - 1] + (letter != against)
            now.append(min(before[column] + 1, now[-1] + 1, substituted))
        before = now
    return before[-1]


def test_the_fingerprint_of_a_key() -> None:
    """A known key has these rows; they may never change, because people have written them down."""
    assert [str(row) for row in fingerprint(LOG_KEY)] == [
        "1  3c54 d00b  公路 警察 心脏 扁担",
        "2  81fe 9187  能量 嘴巴 苹果 暖气",
        "3  e778 e794  原野 蘑菇 原野 汽车",
        "4  b633 0db3  兔子 肥皂 边疆 听众",
        "5  3629 6b0b  风筝 雕刻 锣鼓 扁担",
    ]


def test_the_list_of_words_is_for_ever() -> None:
    """The words and their order are those of the first release."""
    assert (
        sha256(" ".join(WORDS).encode()).hexdigest().startswith("fd1f1eb403b13f781981201cb192c22f")
    )


def test_words_and_digits_say_the_same() -> None:
    """Both spell the first 20 bytes of the key's digest, and begin with the id of the key."""
    rows = fingerprint(LOG_KEY)
    digits = "".join(row.hexadecimal for row in rows).replace(" ", "")
    spoken = bytes(WORDS.index(word) for row in rows for word in row.words)
    assert bytes.fromhex(digits) == spoken == LOG_KEY.digest[:20]
    assert rows[0].hexadecimal.replace(" ", "") == LOG_KEY.id.hex()
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]


def test_another_name_kind_or_key_has_another_fingerprint() -> None:
    """All that makes a key this key is in its fingerprint."""
    keys = (
        LOG_KEY,
        VerifierKey("log.example/other", Kind.LOG, LOG_KEY.public),
        VerifierKey(LOG, Kind.WITNESS, LOG_KEY.public),
        VerifierKey(LOG, Kind.LOG, bytes(32)),
    )
    assert len({fingerprint(key) for key in keys}) == len(keys)


def test_there_is_a_word_for_every_byte() -> None:
    """256 words of two Chinese characters, none twice."""
    assert len(set(WORDS)) == len(WORDS) == 256
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2}", word) for word in WORDS)


def test_no_character_stands_in_two_words() -> None:
    """One character heard clearly is enough to know the word, but for the endings 子 and 头."""
    characters = [sign for word in WORDS for sign in word if sign not in "子头"]
    assert len(characters) == len(set(characters))


def test_no_two_words_sound_alike() -> None:
    """Also to a listener who merges what dialects merge, two letters tell any two words apart."""
    assert len(READINGS) == len(WORDS)
    for one, other in combinations(map(heard, READINGS), 2):
        assert differ(one, other) >= 2, (one, other)
