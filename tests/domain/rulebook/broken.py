"""Ways to break the 2022 rulebook: what the fault says, and the changes that bring it about.

The line that the fault must be found in ends with ``# here`` once the changes are made.
"""

from __future__ import annotations

Changes = tuple[tuple[str, str], ...]

FIRST_LINE = ("The 2022 scheme of Shuozhou as data.", "# here")
SECONDMENT = "points = 10\ncap = 10\n"
MONTHS = """\
[readings."secondment.months"]
default = 3
why = "按日历月计；期满的月份没有那一天的，算到月末。"
alternatives = "其他月数。"
source = "附件2 加分项·其他加分情形·跟班学习情况"
"""
TOWN = """\
[indicators.endorsement.points]
city = 3
province = 5
town = 1 # here
state = 10
"""
TOPICS = 'options = { topics = ["commissioned", "special", "brief"] }\n'

FORM: dict[str, tuple[str, Changes]] = {
    "missing key": ("文件开头缺少 base", (FIRST_LINE, ("base = 80\n", ""))),
    "unknown key": ("没有 bonus 这个键", (("base = 80\n", "base = 80\nbonus = 1 # here\n"),)),
    "bad id": ("编号“朔州”不合规", (('"shuozhou-2022"', '"朔州" # here'),)),
    "bad code": ("代码“Z-1”不合规", (('zone = "开发区"', '"Z-1" = "开发区" # here'),)),
    "code without a letter first": (
        "代码“_zone”不合规", (('zone = "开发区"', '_zone = "开发区" # here'),)
    ),
    "number for a text": ("zone 不是一行文字", (('"开发区"', "1 # here"),)),
    "blank text": ("zone 不是一行文字", (('"开发区"', '" " # here'),)),
    "text of two lines": ("zone 不是一行文字", (('"开发区"', '"开\\n发区" # here'),)),
    "text for a table": ("bodies 不是一张表", (
        ("[mailboxes]\n", '[vocabulary]\nbodies = "政府" # here\n[mailboxes]\n'),
        ('[vocabulary.bodies]\ngovernment = "政府"\nparty = "党委"\nother = "其他"\n', ""),
    )),
    "table for a text": ("brief 不是一行文字", (
        ('brief = "szxxgkk@126.com"\n', "[mailboxes.brief] # here\n"),
    )),
    "number in a list": ("decided 的第 2 项不是一行文字", (
        ('"同一条信息得到几级领导批示，各级分数相加。",', "7, # here"),
    )),
}  # fmt: skip

VOCABULARY: dict[str, tuple[str, Changes]] = {
    "unknown list": ("没有 guests 这个键", (
        ("[vocabulary.bodies]", '[vocabulary.guests] # here\na = "甲"\n[vocabulary.bodies]'),
    )),
    "label twice": ("名称“开发区”用了两次", (('"市直部门"', '"开发区" # here'),)),
    "mailbox of no kind": ("没有 memo 这种信息", (
        ("[mailboxes]\n", '[mailboxes]\nmemo = "memo@126.com" # here\n'),
    )),
    "list that a rule reads": ("[vocabulary.hosts] 没有内容", (
        ('[vocabulary.hosts]\ncity = "市政府办公室"\nprovince = "省政府办公厅"\n', ""),
        ("[vocabulary.categories]", "[vocabulary.categories] # here"),
    )),
    "code that a rule calls by name": ("[vocabulary.contents] 缺少 ordinary", (
        ('[vocabulary.contents]\nordinary = "一般信息"', "[vocabulary.contents] # here"),
    )),
    "leader of a level": ("[vocabulary.leaders] 缺少 state", (
        ('state = "国务院领导"\n', ""), ("[vocabulary.leaders]", "[vocabulary.leaders] # here"),
    )),
}  # fmt: skip

TREE: dict[str, tuple[str, Changes]] = {
    "unknown rule": ("没有 liason 这种规则", (('rule = "liaison"', 'rule = "liason" # here'),)),
    "no rule": ("[indicators.liaison] 缺少 rule", (
        ('rule = "liaison"\n', ""), ("[indicators.liaison]", "[indicators.liaison] # here"),
    )),
    "unknown group": ("没有 others 这个组", (
        ('group = "other"\nrule = "surplus"', 'group = "others" # here\nrule = "surplus"'),
    )),
    "unknown group of the base": ("没有 report 这个组", (
        ('group = "reporting"\nweight = 1\n', 'group = "report" # here\nweight = 1\n'),
    )),
    "no group": ("[indicators.format] 缺少 group", (
        ('group = "reporting"\nweight = 1\n', "weight = 1\n"),
        ("[indicators.format]", "[indicators.format] # here"),
    )),
    "bonus rule in a base group": ("规则 surplus 不能用在基础项", (
        ('group = "other"\nrule = "surplus"', 'group = "support" # here\nrule = "surplus"'),
    )),
    "base rule in a bonus group": ("规则 finding 不能用在加分项", (
        ('group = "reporting"\nweight = 1\n', 'group = "other" # here\nweight = 1\n'),
        ("weight = 49", "weight = 48"), ("base = 80", "base = 79"),
    )),
    "weight of a bonus": ("没有 weight 这个键", (
        (SECONDMENT, SECONDMENT + "weight = 1 # here\n"),
    )),
    "base without weight": ("[indicators.format] 缺少 weight", (
        ("weight = 1\n", ""), ("[indicators.format]", "[indicators.format] # here"),
    )),
    "unknown key of a group": ("没有 top 这个键", (
        ('name = "信息采用"', 'name = "信息采用"\ntop = 1 # here'),
    )),
    "unknown key of an indicator": ("没有 limit 这个键", (
        (SECONDMENT, SECONDMENT + "limit = 1 # here\n"),
    )),
    "weights of a group": ("组 organisation 的 weight 是 16，它的指标合计 15", (
        ("weight = 6", "weight = 5"),
        ('"组织领导"\nweight = 16', '"组织领导"\nweight = 16 # here'),
    )),
    "weights of the base": ("base 是 80.5，各组的 weight 合计 80", (
        ("base = 80", "base = 80.5 # here"),
    )),
    "negative weight": ("weight：“-1”是减分", (("weight = 1\n", "weight = -1 # here\n"),)),
    "negative base": ("base：“-80”是减分", (("base = 80", "base = -80 # here"),)),
    "group without indicators": ("组 empty 没有指标", (
        ("[groups.other]", '[groups.empty] # here\nname = "空"\n[groups.other]'),
    )),
}  # fmt: skip

PRICES: dict[str, tuple[str, Changes]] = {
    "level that does not exist": ("给不存在的 town 定了分值", (
        ("state = 10 }", "state = 10, town = 1 } # here"),
    )),
    "level that does not exist, in a table": ("给不存在的 town 定了分值", (
        ("points = { city = 3, province = 5, state = 10 }\n", ""),
        ("[indicators.secondment]",
         TOWN + "[indicators.secondment]"),
    )),
    "kind that does not exist": ("给不存在的 memo 定了分值", (
        ("{ special = 2, brief = 1 }", "{ special = 2, memo = 1 } # here"),
    )),
    "level without a price": ("没有给 province 定分值", (
        ("{ city = 3, province = 5, state = 10 }", "{ city = 3, state = 10 } # here"),
    )),
    "part without a price": ("没有给 late 定分值", (("-1, late = -2 }", "-1 } # here"),)),
    "nothing priced": ("没有给 commissioned、special、brief 定分值", (
        ("{ special = 2, brief = 1 }", "{} # here"),
    )),
    "no points": ("[indicators.surplus] 缺少 points", (
        ("points = { special = 2, brief = 1 }\n", ""),
        ("[indicators.surplus]", "[indicators.surplus] # here"),
    )),
    "several prices for a rule of one": ("points 的分值：“{'city': 10}”不是一个数", (
        (SECONDMENT, "points = { city = 10 } # here\ncap = 10\n"),
    )),
    "bonus below nought": ("“-10”是减分，这一项只能加分", (
        (SECONDMENT, "points = -10 # here\ncap = 10\n"),
    )),
    "base above nought": ("“2”是加分，这一项只能减分", (
        ("{ notice = -2, scheme = -2, circular = -1 }",
         "{ notice = 2, scheme = -2, circular = -1 } # here"),
    )),
    "three decimals": ("“9.999”的小数超过两位", (
        (SECONDMENT, "points = 9.999 # here\ncap = 10\n"),
    )),
    "no number": ("不是一个数", ((SECONDMENT, "points = nan # here\ncap = 10\n"),)),
    "beyond all decimals": ("不是一个数", (
        (SECONDMENT, "points = 1e9999999999999999999 # here\ncap = 10\n"),
    )),
    "negative cap": ("“-1”是负数", ((SECONDMENT, "points = 10\ncap = -1 # here\n"),)),
    "cap in words": ("“once”不是一个数", ((SECONDMENT, 'points = 10\ncap = "once" # here\n'),)),
    "no cap": ("[indicators.secondment] 缺少 cap", (
        (SECONDMENT, "points = 10\n"),
        ("[indicators.secondment]", "[indicators.secondment] # here"),
    )),
}  # fmt: skip

OPTIONS: dict[str, tuple[str, Changes]] = {
    "none": ("[indicators.deployment] 缺少 options", (
        (TOPICS, ""), ("[indicators.deployment]", "[indicators.deployment] # here"),
    )),
    "unknown": ("没有 kind 这个键", (
        ('["misaddressed"] }', '["misaddressed"], kind = "brief" } # here'),
    )),
    "of no code": ("[vocabulary.findings] 中没有 late", (
        ('"misaddressed"] }', '"late"] } # here'),
    )),
    "empty": ("topics 是空的或有重复", ((TOPICS, "options = { topics = [] } # here\n"),)),
    "twice": ("topics 是空的或有重复", (
        (TOPICS, 'options = { topics = ["brief", "brief"] } # here\n'),
    )),
    "not taken by the rule": ("没有 options 这个键", (
        (SECONDMENT, SECONDMENT + 'options = { kind = "brief" } # here\n'),
    )),
}  # fmt: skip

READINGS: dict[str, tuple[str, Changes]] = {
    "unknown path": ("没有参数 indicators.liaison.caps", (
        ('[readings."indicators.liaison.cap"]', '[readings."indicators.liaison.caps"] # here'),
    )),
    "path without quotation marks": ("没有参数 joint", (
        ("[indicators.instruction]",
         '[readings.joint.share] # here\ndefault = "full"\n[indicators.instruction]'),
    )),
    "read by no rule": ("没有规则用到 secondment.credit", (
        ('[readings."secondment.credit"]', '[readings."secondment.credit"] # here'),
        (MONTHS, ""),
        ('rule = "secondment"\npoints = 10',
         'rule = "surplus"\npoints = { special = 2, brief = 1 }'),
    )),
    "missing": ("[readings] 缺少 grades", (
        ('[readings."grades"]', '[readings."brief.min_characters"]'),
        ('default = "none"', "default = 0"),
        ('[readings."indicators.liaison.cap"]', '[readings."indicators.liaison.cap"] # here'),
    )),
    "choice that does not exist": ("“twice”不是可选的读法", (('"once"\n', '"twice" # here\n'),)),
    "count below nought": ("“-10”不是可用的数目", (("= 10\nwhy", "= -10 # here\nwhy"),)),
    "day that is none": ("“7”不是一个日期", (("2022-07-01\n", "7 # here\n"),)),
    "grades from low to high": ("等次的最低分没有从高到低排列", (
        ('default = "none"', 'default = [["良", 80], ["优", 90]] # here'),
    )),
    "default away from its indicator": ("默认值不写在 [readings] 里", (
        ('[readings."indicators.liaison.cap"]\n',
         '[readings."indicators.liaison.cap"]\ndefault = 2 # here\n'),
    )),
    "no reason": ('[readings."joint.share"] 缺少 why', (
        ('[readings."joint.share"]', '[readings."joint.share"] # here'),
        ('why = "原文没有说联合报送怎么分，每个署名单位都得全分。"\n', ""),
    )),
    "no default": ('[readings."joint.share"] 缺少 default', (
        ('[readings."joint.share"]\ndefault = "full"', '[readings."joint.share"] # here'),
    )),
}  # fmt: skip

SYNTAX: dict[str, tuple[str, Changes]] = {
    "indicator twice": ("不是合法的 TOML", (
        ("[indicators.secondment]", "[indicators.special] # here"),
    )),
    "key twice": ("不是合法的 TOML", (("base = 80\n", "base = 80\nbase = 80 # here\n"),)),
    "value missing": ("不是合法的 TOML", (("base = 80\n", "base = # here\n"),)),
}  # fmt: skip
