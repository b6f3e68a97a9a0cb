"""A word for each of the 256 values of a byte, to be said over the telephone.

Everyday words of two characters, chosen so that no character stands in two words (but for 子 and
头 at the end), and that any two sound clearly unlike, also where a dialect does not tell n from l,
zh from z, or -ng from -n. A test listens. The list is for ever: changing it changes what people
have written down.
"""

from __future__ import annotations

from typing import Final

_LIST = """
白菜 百货 班级 宝塔 保险 包子 北斗 贝壳 杯子 比赛 毕业 扁担 蝙蝠 边疆 宾馆 冰雹
波浪 菠萝 裁缝 财富 仓库 草莓 茶叶 唱歌 长江 衬衫 成都 城墙 池塘 重庆 厨师 床单
窗户 锤子 瓷器 粗粮 村庄 大蒜 岛屿 堤坝 地图 雕刻 碟子 动物 短裤 锻炼 对联 耳朵
二胡 番茄 翡翠 肥皂 凤凰 蜂蜜 风筝 甘蔗 钢铁 高粱 鸽子 宫殿 公路 工人 骨头 广场
海豚 孩子 杭州 黑板 红灯 猴子 蝴蝶 狐狸 湖泊 画家 花生 黄昏 火柴 鸡蛋 吉他 肩膀
剪刀 酱油 脚印 饺子 警察 镜子 骏马 咖啡 客厅 孔雀 空调 口琴 筷子 喇叭 辣椒 蜡烛
老虎 雷电 鲤鱼 荔枝 莲藕 凉粉 邻居 柳树 龙虾 楼梯 轮船 锣鼓 螺丝 骆驼 绿色 玛瑙
蚂蚁 馒头 毛驴 玫瑰 煤炭 面条 苗圃 磨坊 蘑菇 茉莉 模型 目标 牡丹 木匠 母亲 脑袋
嫩芽 能量 鸟巢 柠檬 纽扣 牛奶 农民 暖气 女儿 盘子 螃蟹 跑步 盆景 啤酒 琵琶 皮鞋
漂流 苹果 瀑布 葡萄 汽车 铅笔 桥梁 蜻蜓 青蛙 拳头 裙子 软糖 扫帚 森林 沙漠 山羊
商店 上衣 士兵 石头 手套 书房 水桶 寺庙 松鼠 速度 塑料 隧道 台阶 太阳 弹簧 藤椅
甜点 天鹅 跳绳 听众 童话 土豆 兔子 团圆 瓦片 玩具 王冠 围巾 未来 微笑 温泉 午餐
舞蹈 屋顶 乌龟 武术 梧桐 膝盖 西瓜 喜鹊 峡谷 仙鹤 相机 香蕉 小麦 消息 宵夜 信封
心脏 星期 熊猫 修理 学校 牙刷 鸭子 烟囱 眼睛 演员 钥匙 医院 银杏 音乐 硬币 樱桃
鹦鹉 邮票 游泳 渔夫 玉米 雨伞 语文 原野 月饼 云彩 运河 早晨 展览 枕头 珍珠 整齐
芝麻 知识 纸张 蜘蛛 钟表 轴承 周末 竹笋 准备 桌子 字典 自由 走廊 足球 嘴巴 座位
"""

WORDS: Final = tuple(_LIST.split())
