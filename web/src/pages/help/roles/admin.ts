import type { HelpPage } from '../help-page.ts'

export const adminHelp: HelpPage = {
  lead: '把单位和人建好，把规则定好，把备份看好。业务由督查室办理。',
  sections: [
    {
      id: 'first',
      title: '从头开始',
      to: '/',
      text: ['新办公室登录后，总览上方有“开始使用”：先做什么、后做什么，做完的自动打钩。'],
    },
    {
      id: 'units',
      title: '建立单位',
      to: '/system',
      text: [
        '文件里的单位名称按这里的名称和别名对应。可以从常用机构开始，也可以导入或粘贴一张单位表：上级、级别、别名、机构序列一次带进来。',
        '机构改革撤并的单位不要删，停用并写上承继单位，历史就不会断。',
      ],
      picture: { name: 'admin-units', words: '单位：名称、别名、上级、承继单位和排名分组' },
    },
    {
      id: 'people',
      title: '开设账号',
      to: '/system?part=people',
      text: [
        '逐个新建，或导入一张人员表。首次登录用一次性密码或只能用一次的链接，可以打印成纸条分发；本人第一次登录须自己改掉。',
        '忘记密码的重置一次。调走的停用账号，办过的事都保留。手机丢了、开着两步验证的，当面核实后重置两步验证。',
      ],
      picture: { name: 'admin-people', words: '人员：账号、角色、所属单位和状态' },
    },
    {
      id: 'settings',
      title: '规则和阈值',
      to: '/system?part=settings',
      text: [
        '亮灯的阈值、提醒的天数、督办单的时限、编号、考核排名的分值都在这里，改动记入审计，即刻生效。放假和调休按国务院办公厅公布的，后来公布的可以补进去。',
      ],
      picture: { name: 'admin-settings', words: '规则和阈值：亮灯、提醒、督办单和考核排名' },
    },
    {
      id: 'channels',
      title: '消息渠道、统一登录和接口',
      to: '/system?part=channels',
      text: [
        '邮件、钉钉、企业微信和本单位的消息网关在“消息渠道”里设置，都有试发。有统一身份平台的，由运维配置后可以单点登录。其他系统（OA）凭“接口令牌”新建事项、读取状态。',
      ],
    },
    {
      id: 'backup',
      title: '备份和审计',
      to: '/system?part=backup',
      text: [
        '每天夜间自动备份，也可以随时备份；把备份复制到另一台机器上才算安全。每一步的人、时间和前后内容记入审计日志，只增不改，可以随时校验。',
      ],
    },
  ],
}
