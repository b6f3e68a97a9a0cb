"""The 41 units of 附件1, what each is also called, and what it would write about."""

from __future__ import annotations

from typing import Final, NamedTuple


class DemoUnit(NamedTuple):
    """A unit: its name in 附件1, its category, its fields of work, its other names, its subjects.

    A commission goes to the units of a field; the subjects make the titles of what a unit sends.
    """

    name: str
    category: str
    fields: str
    aliases: tuple[str, ...]
    subjects: tuple[str, ...]


def _unit(
    name: str, fields: str, subjects: str, aliases: str = "", *, category: str = "department"
) -> DemoUnit:
    return DemoUnit(name, category, fields, tuple(aliases.split()), tuple(subjects.split()))


COUNTIES: Final = (
    _unit(
        "朔城区",
        "economy agriculture livelihood safety ecology",
        "城市更新 老旧小区改造 高标准农田建设 煤炭增产保供 社区养老服务 神头泉域保护",
        "朔城区人民政府",
        category="county",
    ),
    _unit(
        "平鲁区",
        "economy agriculture livelihood safety ecology",
        "煤矿智能化改造 红山荞麦产业发展 风电光伏项目建设 采煤沉陷区治理 乡村教师队伍建设",
        "平鲁区人民政府",
        category="county",
    ),
    _unit(
        "怀仁市",
        "economy agriculture livelihood safety ecology",
        "陶瓷产业提档升级 羔羊养殖全产业链建设 县域医共体建设 工业固废利用 城乡供水一体化",
        "怀仁市人民政府",
        category="county",
    ),
    _unit(
        "山阴县",
        "economy agriculture livelihood safety ecology",
        "奶业振兴 现代农业产业园建设 桑干河生态修复 煤矿安全监管 易地搬迁后续扶持",
        "山阴县人民政府",
        category="county",
    ),
    _unit(
        "应县",
        "economy agriculture livelihood safety ecology",
        "木塔周边环境整治 设施蔬菜产业发展 日用陶瓷出口 文化旅游融合 农村人居环境整治",
        "应县人民政府",
        category="county",
    ),
    _unit(
        "右玉县",
        "economy agriculture livelihood safety ecology",
        "生态文化旅游 沙棘产业发展 羊肉品牌建设 国土绿化 乡村振兴示范带建设",
        "右玉县人民政府",
        category="county",
    ),
)

DEPARTMENTS: Final = (
    _unit(
        "市发改委",
        "economy governance",
        "重大项目建设 固定资产投资 能源革命综合改革试点 粮食储备安全 价格监测预警",
        "市发展和改革委员会 市发展改革委",
    ),
    _unit(
        "市教育局",
        "livelihood",
        "“双减”政策落实 学前教育普及普惠 校园安全 职业教育产教融合",
        "朔州市教育局",
    ),
    _unit("市科技局", "economy", "科技型企业培育 关键技术攻关 科技成果转化 高新技术企业认定"),
    _unit(
        "市工信局",
        "economy",
        "工业经济运行 中小企业纾困 陶瓷工业振兴 煤矸石综合利用 5G网络建设",
        "市工业和信息化局",
    ),
    _unit("市公安局", "safety governance", "社会治安防控 电信网络诈骗打击治理 道路交通安全整治"),
    _unit("市民政局", "livelihood", "养老服务体系建设 低保动态管理 未成年人保护 社区治理"),
    _unit("市司法局", "governance", "行政执法监督 人民调解 法治政府建设 公共法律服务"),
    _unit(
        "市财政局",
        "economy governance",
        "留抵退税资金保障 财政资金直达 政府债务管理 惠企财政政策落实",
    ),
    _unit(
        "市人社局",
        "livelihood",
        "高校毕业生就业 根治欠薪 技能人才培养 社保扩面",
        "市人力资源和社会保障局",
    ),
    _unit(
        "市规划和自然资源局",
        "ecology economy",
        "国土空间规划编制 耕地保护 矿山生态修复 用地要素保障",
        "市规自局",
    ),
    _unit("市生态环境局", "ecology", "空气质量改善 桑干河水质提升 散煤清零 环保督察整改"),
    _unit(
        "市住建局",
        "livelihood safety",
        "保障性租赁住房建设 自建房安全排查 清洁取暖改造 房地产市场平稳发展",
        "市住房和城乡建设局",
    ),
    _unit("市城市管理局", "livelihood", "生活垃圾分类 城市内涝治理 市容环境整治 智慧城管建设"),
    _unit(
        "市交通局",
        "economy safety",
        "“四好农村路”建设 货运物流保通保畅 旅游公路建设",
        "市交通运输局",
    ),
    _unit("市水利局", "ecology agriculture", "河湖长制落实 防汛抗旱 农村饮水安全 水网建设"),
    _unit(
        "市农业农村局",
        "agriculture",
        "春耕备耕 撂荒地整治 动物疫病防控 农业机械化 有机旱作农业发展",
        "市农业局",
    ),
    _unit("市商务局", "economy opening", "消费促进 外贸稳增长 电商进农村 成品油市场整治"),
    _unit(
        "市文旅局",
        "opening livelihood",
        "文旅市场复苏 文物安全 乡村旅游 公共文化服务",
        "市文化和旅游局",
    ),
    _unit(
        "市卫健委",
        "livelihood",
        "基层卫生服务 疫苗接种 县级医院能力提升 托育服务",
        "市卫生健康委员会",
    ),
    _unit("市退役军人事务局", "livelihood", "退役军人就业创业 优抚对象服务 烈士纪念设施保护"),
    _unit(
        "市应急管理局", "safety", "安全生产专项整治 森林防火 防灾减灾 危化品安全监管", "市应急局"
    ),
    _unit("市审计局", "governance", "重大政策落实审计 审计整改 专项债券资金审计"),
    _unit("市政府外事办", "opening", "国际友城交往 外事服务企业 因公出访管理", "市外事办"),
    _unit(
        "市市场监管局",
        "economy safety governance",
        "食品安全监管 市场主体培育 特种设备安全 质量强市建设",
        "市市场监督管理局",
    ),
    _unit("市体育局", "livelihood", "全民健身设施建设 青少年体育 体育赛事筹办"),
    _unit("市统计局", "economy", "经济运行监测 规上企业入库 统计数据质量 人口抽样调查"),
    _unit("市医保局", "livelihood", "医保支付方式改革 药品集中采购 医保基金监管", "市医疗保障局"),
    _unit(
        "市行政审批局", "governance", "一枚印章管审批 政务服务“一网通办” 项目承诺制改革", "市审批局"
    ),
    _unit("市信访局", "governance", "信访积案化解 网上信访 初信初访办理"),
    _unit("市政府金融办", "economy", "金融服务实体经济 企业上市培育 防范非法集资", "市金融办"),
    _unit("市能源局", "economy safety", "煤炭增产保供 新能源装机 煤层气勘探 电力迎峰度夏"),
    _unit("市人防办", "safety", "人防工程建设 防空警报试鸣 人防疏散基地建设", "市人民防空办公室"),
    _unit(
        "市乡村振兴局",
        "agriculture livelihood",
        "防返贫监测帮扶 衔接资金使用 驻村帮扶 脱贫人口稳岗就业",
    ),
    _unit(
        "市促进外来投资局", "opening economy", "招商引资 产业链招商 项目签约落地", "市投资促进局"
    ),
    _unit(
        "朔州经济开发区管委会",
        "economy opening safety",
        "“三化三制”改革 标准地出让 园区基础设施建设 入区企业服务",
        "朔州经济开发区 开发区管委会",
        category="zone",
    ),
)

UNITS: Final = COUNTIES + DEPARTMENTS
