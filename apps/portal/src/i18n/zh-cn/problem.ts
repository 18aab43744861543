/** What happened, and what to do next; `other` stands for every status without a text of its own. */
export const problem = {
  '400': { title: '请求读不懂', text: '地址或提交的内容不完整。', next: '请返回上一页再试一次。' },
  '401': { title: '需要登录', text: '这一页要先登录才能查看。', next: '登录后会回到这一页。' },
  '403': { title: '没有这项权限', text: '您的角色不能做这件事。', next: '需要时请联系本单位的管理员。' },
  '404': { title: '没有找到', text: '没有这个页面，或者没有这条记录。', next: '请检查地址是否完整，或者在三张清单里搜索。' },
  '410': { title: '这条记录已撤回', text: '归属节点撤回了这条记录，原来的内容不再显示。', next: '可以在清单里查找同类记录。' },
  '422': { title: '筛选条件有误', text: '地址里的某个条件不在可选范围内。', next: '请清除条件后重新筛选。' },
  '429': { title: '请求太频繁', text: '短时间内请求过多。', next: '请稍等一分钟再试。' },
  '500': {
    title: '本节点出了故障',
    text: '您的操作没有生效，没有留下做到一半的内容。',
    next: '请稍后再试；仍不行时，把下面的编号告诉节点管理员。',
  },
  '503': { title: '服务暂时不可用', text: '本节点的一部分正在启动或维护，数据没有丢失。', next: '请稍后刷新。' },
  other: { title: '这一步没有完成', text: '本节点没有接受这个请求。', next: '请返回上一页再试一次。' },
  code: '代码',
  trace: '追踪编号',
  goHome: '回到首页',
  goSearch: '搜索三张清单',
  goBack: '查看{{list}}',
  signIn: '登录',
} as const;
