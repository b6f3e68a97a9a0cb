"""What happened, in one line of Chinese for each event type."""

from __future__ import annotations

SUMMARIES = {
    "CycleOpened": "考核年度 {cycle} 开始：{starts} 至 {ends}，采用 {rulebook}",
    "CycleClosed": "考核年度 {cycle} 关闭，成绩日期 {as_of}",
    "UnitEnrolled": "登记单位{unit}，{category}[，别名{aliases}]",
    "UnitChanged": (
        "单位{unit}变更[，更名为{name}][，新增别名{aliases}][，改为{category}][，并入{into}]"
    ),
    "QuotaSet": "[{units}|{category}|全部单位]{kind}任务 {required} 条，{from} 至 {to}",
    "DocumentIssued": "印发{kind} {document}《{title}》[，{instruction_due} 前报送批示]",
    "LeaderInstructed": "{unit}主要领导[{leader}]在文件 {document} 上批示",
    "DeploymentStudied": "{unit}开会研究部署{topics}",
    "DutyRosterReported": (
        "{unit}报送职责名单[，分管领导{leader}][，承办机构{agency}][，业务人员{staff}]"
    ),
    "StaffChanged": "{unit}{role}变动（{change}）[，原任{out}][，接任{into}]",
    "StaffChangeNotified": "告知人员变动 {change}",
    "CommissionIssued": "向[{units}|全部单位]约稿 {commission}《{topic}》，截止 {due}",
    "CommissionExtended": "约稿 {commission} 延期至 {due}[（{units}）]",
    "CommissionWithdrawn": "约稿 {commission} 撤回[（{units}）]：{reason}",
    "CommissionDeclined": "{unit}反馈约稿 {commission} 与本单位无关",
    "SubmissionReceived": (
        "信息 {item}《{title}》由{units}报送（{kind}[，{characters} 字][，{content}]"
        "[，标注：{labelled}][，答复约稿 {commission}]）"
    ),
    "ItemsMerged": "信息 {items} 合编为 {item}《{title}》（{kind}）",
    "ItemAdopted": "信息 {item} 被{level}采用[（{publication}）]",
    "ItemEndorsed": "信息 {item} 获[{body}领导|{level}]批示[（{leader}）]",
    "FindingMade": "认定 {finding}：{unit}{kind}[，信息 {item}][，{detail}]",
    "SecondmentStarted": "{unit}{person}到{host}跟班学习（{secondment}）",
    "SecondmentEnded": "跟班学习 {secondment} 结束",
    "RulingMade": "口径裁定[（考核年度 {cycle}）]：{parameter} 取 {value}（{reason}）",
    "ScoresPublished": (
        "第 {publication} 号公布：考核年度 {cycle} 截至 {as_of} 的成绩，按 #{position} 计算，"
        "得分表摘要 {sheets}"
    ),
    "AppealLodged": (
        "申诉 {appeal}：{unit}对第 {publication} 号公布有异议[，指标 {indicator}]"
        "[，有异议的事件 {events}]：{claim}[（请求{remedy}）][（逾期：{late_reason}）]"
    ),
    "AppealEvidenceAdded": "申诉 {appeal} 补充材料：{description}",
    "AppealProposed": "申诉 {appeal} 拟{outcome}：{reasons}[（所附更正：{corrections}）]",
    "AppealDecided": "申诉 {appeal} 决定{outcome}：{reasons}",
    "AppealWithdrawn": "申诉 {appeal} 撤回：{reason}",
    "CorrectionProposed": "提案 {proposal}[（{part}/{parts}）]，待另一人确认：{lines}（{reason}）",
    "CorrectionConfirmed": "确认提案 {proposal}，其内容随即登记",
    "CorrectionRefused": "驳回提案 {proposal}：{reason}",
    "AuditExported": "导出审计包至 #{upto}[（{unit}）][，交给{recipient}]，清单摘要 {digest}",
    "EventCorrected": "更正事件 #{target}：{changes}（{reason}）",
    "EventRetracted": "撤销事件 #{target}（{reason}）",
}
"""``[...]`` falls away when a field in it is empty or as usual; ``|`` gives what stands instead."""
