/** The first walkthrough: four steps, each with the one action that completes it. */
export const walkthrough = {
  id: 'start',
  title: 'From an idea to a running service',
  description: 'Make a service, check its API, run its tests and deploy it on this machine.',
  steps: [
    {
      id: 'create',
      title: 'Make a service',
      description:
        'Answer three questions, look at the files, and get a git repository whose tests pass.\n[New Microservice](command:servicewright.newMicroservice)',
      media: { markdown: 'media/walkthrough/create.md' },
      completionEvents: ['onCommand:servicewright.newMicroservice'],
    },
    {
      id: 'guidelines',
      title: 'Check its API while you type',
      description:
        'Open the service’s `openapi.yaml` and change something.\n[Show Problems](command:workbench.actions.view.problems)',
      media: { markdown: 'media/walkthrough/guidelines.md' },
      completionEvents: [
        'onCommand:workbench.actions.view.problems',
        'onCommand:servicewright.guidelines.explainRule',
      ],
    },
    {
      id: 'tasks',
      title: 'Run a target',
      description:
        'Run `test` from the Tasks view or from the lens above it.\n[Show Tasks](command:servicewright.tasks.focus)',
      media: { markdown: 'media/walkthrough/tasks.md' },
      completionEvents: ['onCommand:servicewright.tasks.run', 'onView:servicewright.tasks'],
    },
    {
      id: 'deploy',
      title: 'Deploy it',
      description:
        'Press the rocket in the status bar.\n[Deploy Service](command:servicewright.deploy.start)',
      media: { markdown: 'media/walkthrough/deploy.md' },
      completionEvents: ['onCommand:servicewright.deploy.start'],
    },
  ],
} as const;
