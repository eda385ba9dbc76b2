"""The wording that ships: a year-end text in the order of a summary's sections, in words of our own.

Nothing here states more than the figures do. An office edits its copy (``SummaryText``).
"""

SHIPPED = """\
# {{ region }}{{ period }}计量工作总结
现将{{ region }}{{ period }}计量工作的主要情况报告如下。
## 科学计量
### 计量标准建设
新建社会公用计量标准{{ standards.established }}项[，其中{{ standards.established | by=tier }}]\
[，同比{{ standards.established | ratio | text }}]\
[，完成目标（{{ standards.established | target | text }}）的{{ standards.established | completion | text }}]。\
复查考核社会公用计量标准{{ standards.reexamined }}项[，同比{{ standards.reexamined | ratio | text }}]。\
截至{{ last_day }}，现行有效的社会公用计量标准共{{ standards.in_force }}项\
[，比上年同期{{ standards.in_force | change | text }}][，按级别分：{{ standards.in_force | by=tier }}]\
[；其中最高社会公用计量标准{{ standards.highest_in_force }}项]\
[，涵盖十大计量领域中的{{ standards.fields_covered }}个][、{{ standards.items_covered }}个项目]。\
主标准器溯源及时率为{{ standards.traced_in_time }}%。\
监督抽查计量标准{{ standards.checked }}项[，发现存在问题的{{ standards.with_problems }}项]\
[，责令停用{{ standards.stopped }}项]。\
证书已经到期而未复查的社会公用计量标准有{{ standards.expired }}项。
### 计量比对
发布总结报告的计量比对{{ comparisons.held }}项，参加实验室{{ comparisons.participants }}家\
[，结果满意率为{{ comparisons.satisfactory_rate }}%]。
### 地方计量技术规范
发布地方计量技术规范{{ specifications.issued_or_revised }}项\
[，其中{{ specifications.issued_or_revised | by=making }}]\
[，同比{{ specifications.issued_or_revised | ratio | text }}]。\
复审（清理）{{ specifications.reviewed }}项，废止{{ specifications.abolished }}项。\
列入制修订计划{{ specifications.planned }}个项目[，计划完成率为{{ specifications.plan_completion }}%]。\
截至{{ last_day }}，现行有效的地方计量技术规范{{ specifications.in_force }}项\
[，其中与其他省份共建{{ specifications.joint_in_force }}项]。
### 机构和人员
截至{{ last_day }}，依法设置的计量检定机构{{ institutions.legal_verification }}家\
[，授权的计量检定机构{{ institutions.authorised }}家][，型式评价机构{{ institutions.type_evaluation }}家]\
[，产业计量测试中心{{ institutions.industry_test_centres }}家]\
[，标准物质研制单位{{ institutions.reference_material_producers }}家]\
[，社会公正计量站{{ institutions.public_stations }}家]。\
计量技术人员{{ people.technicians }}名[，其中注册计量师{{ people.registered_metrologists }}名]\
[，计量行政管理人员{{ people.administrators }}名]。
## 民生计量
### 计量器具检定
检定校准计量器具{{ verification.instruments }}台件[，同比{{ verification.instruments | ratio | text }}]\
[，完成目标（{{ verification.instruments | target | text }}）的{{ verification.instruments | completion | text }}]\
[，其中强制检定{{ verification.mandatory_instruments }}台件]。\
强制检定计量器具按用途分：{{ verification.mandatory_instruments | by=purpose }}。\
免费检定计量器具{{ verification.free_instruments }}台件[，减免检定费用{{ verification.fees_waived | unit=万元 }}万元]。\
开展应急检定{{ verification.emergency_instruments }}台件。\
检定合格率为{{ verification.pass_rate }}%。\
截至{{ last_day }}，在用强制检定计量器具{{ verification.mandatory_in_use }}台件\
[，受检率为{{ verification.mandatory_coverage_rate }}%]\
[（目标{{ verification.mandatory_coverage_rate | target | text }}）]。
### 监督检查
检查各类单位{{ inspections.sites_checked }}家[，其中{{ inspections.sites_checked | by=sector }}]\
[，同比{{ inspections.sites_checked | ratio | text }}]。\
检查计量器具{{ inspections.instruments_checked }}台件[，不合格{{ inspections.instruments_failed }}台件]。\
抽检定量包装商品净含量{{ inspections.net_content_lots }}批次\
[，合格{{ inspections.net_content_lots_conforming }}批次][，合格率为{{ inspections.net_content_conformity_rate }}%]。\
检查发现问题{{ inspections.findings }}个[，到期问题整改率为{{ inspections.measures_met_rate }}%]。
### 执法与投诉处理
立案查处计量违法案件{{ cases.filed }}件[，同比{{ cases.filed | ratio | text }}]\
[，作出处罚决定{{ cases.decided }}件][，罚款{{ cases.fines | unit=万元 }}万元]\
[，没收违法所得{{ cases.confiscated | unit=万元 }}万元]。\
受理计量投诉举报{{ complaints.received }}件[，按期答复率为{{ complaints.in_time_rate }}%]\
[，回访满意率为{{ complaints.satisfaction_rate }}%]。
### 计量惠民与科普
开展计量惠民服务{{ services.person_times }}人次。\
举办计量科普活动{{ outreach.events }}场[，注册{{ outreach.registered }}人][，参加{{ outreach.participants }}人]\
[，评出获奖者{{ outreach.awards }}人（{{ outreach.awards | by=award }}）]。
## 诚信计量
签订诚信计量自我承诺书的单位{{ integrity.pledges_signed }}家[，同比{{ integrity.pledges_signed | ratio | text }}]\
[，完成目标（{{ integrity.pledges_signed | target | text }}）的{{ integrity.pledges_signed | completion | text }}]\
[；截至{{ last_day }}，承诺有效的单位{{ integrity.pledges_in_force }}家]。\
抽查承诺履行情况{{ integrity.spot_checks }}次[，发现违反承诺{{ integrity.spot_checks_failed }}次]\
[，撤销承诺{{ integrity.pledges_withdrawn }}家]。\
新授予诚信计量示范单位{{ integrity.demonstration_units_awarded }}家\
[，撤销{{ integrity.demonstration_units_withdrawn }}家]\
[；截至{{ last_day }}，共有诚信计量示范单位{{ integrity.demonstration_units }}家]。
自我声明使用C标志的定量包装商品生产企业{{ integrity.c_mark_enterprises }}家\
[，涉及商品{{ integrity.c_mark_products }}种]\
[，本期新作出声明的{{ integrity.c_mark_declared }}家]。\
列入诚信计量红榜的企业{{ integrity.red_listed }}家，列入黑榜的企业{{ integrity.black_listed }}家。
## 能源计量
### 能源计量审查
完成能源计量审查的用能单位{{ audits.units_audited }}家[，其中{{ audits.units_audited | by=kind }}]\
[，同比{{ audits.units_audited | ratio | text }}]\
[，完成目标（{{ audits.units_audited | target | text }}）的{{ audits.units_audited | completion | text }}]\
[，符合要求的占{{ audits.conforming_rate }}%]。\
审查能源计量器具{{ audits.meters_examined }}台件[，平均配备率为{{ audits.equipping_rate }}%]。\
发现不符合项{{ audits.nonconformities_opened }}项，关闭{{ audits.nonconformities_closed }}项\
[，逾期未关闭{{ audits.nonconformities_overdue }}项]。
### 监督检查和在线采集
开展能源计量监督检查的单位{{ energy.units_supervised }}家[，其中{{ energy.units_supervised | by=kind }}]。\
截至{{ last_day }}，能源计量数据实时采集的用能单位{{ energy.connected_realtime }}家\
[，手工上报的{{ energy.connected_manual }}家]。\
网上直报年度能源利用状况的用能单位{{ energy.direct_reporting_units }}家。\
能源计量数据分中心已联网的城市{{ energy.subcentres_connected }}个\
[，完成联网准备的城市{{ energy.subcentres_ready }}个]。\
单位GDP能耗下降{{ energy.intensity_decline }}%。
## 产业计量
### 服务企业
开展计量服务的企业{{ services.enterprises_served }}家[，同比{{ services.enterprises_served | ratio | text }}]\
[，完成目标（{{ services.enterprises_served | target | text }}）\
的{{ services.enterprises_served | completion | text }}]\
[，帮助解决问题{{ services.problems_solved }}个][，制定检定、校准、测试解决方案{{ services.solutions }}个]。\
为企业增加效益{{ services.economic_benefit | unit=万元 }}万元[，减免费用{{ services.fees_waived | unit=万元 }}万元]。\
举办培训{{ services.training_sessions }}期，培训企业计量人员{{ services.people_trained }}人\
[，为{{ people.archived_units }}家单位的{{ people.archived }}名计量人员建立档案]。\
截至{{ last_day }}，有计量服务队{{ services.teams }}支[、联系点企业{{ services.contact_points }}家]\
[，对口帮扶中小企业{{ services.enterprises_assisted }}家]。
### 许可和体系认证
批准计量器具型式{{ licensing.type_approvals }}项、计量器具新产品{{ licensing.new_instrument_products }}项、\
标准物质{{ licensing.reference_materials }}项[，全程网办率为{{ licensing.online_rate }}%]\
[，按期办结率为{{ licensing.in_time_rate }}%]。\
截至{{ last_day }}，通过测量管理体系认证的企业{{ enterprises.management_system_certified }}家。
"""
