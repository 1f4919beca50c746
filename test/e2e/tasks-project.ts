import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from '../editor/driver';

const makefile = `# The service's targets.
PYTHON ?= python3
PORT ?= 8000
include mk/release.mk

##@ Develop

.PHONY: test
test: ## Runs the tests
\t$(PYTHON) -m pytest -q -p no:cacheprovider $(ARGS)

.PHONY: serve
serve: ## Serves until it is stopped
\t@echo serving on $(PORT); sleep 600

.PHONY: greet
greet:
\t@echo greeted on $(PORT)

##@ Release

deploy-%: ## Deploys one service
\t@echo deploying $*

$(shell echo only-make-knows):
\t@echo $@
`;

const failing = `def test_sum():
    prices = [1, 2]
    assert sum(prices) == 4
`;

/** A folder with a Makefile, an included one, a nested one, a README and a test that fails. */
export async function createProject(root: string): Promise<string> {
  const project = join(root, 'shop');
  await mkdir(join(project, 'mk'), { recursive: true });
  await mkdir(join(project, 'docs'));
  await writeFile(join(project, 'Makefile'), makefile);
  await writeFile(
    join(project, 'mk', 'release.mk'),
    '##@ Release\n\n.PHONY: changelog\nchangelog: ## Writes the changelog\n\t@echo changes\n',
  );
  await writeFile(
    join(project, 'docs', 'Makefile'),
    'check: ; @echo "pages.py:2: error: Wrong  [x]"; exit 1\n',
  );
  await writeFile(join(project, 'docs', 'pages.py'), 'a = 1\nb = 2\n');
  await writeFile(join(project, 'test_shop.py'), failing);
  await writeFile(join(project, 'README.md'), '# Shop\n\n```sh\nmake greet PORT=9000\n```\n');
  return project;
}

/** Shows the Tasks view, with the room that the other views leave. */
export const tasksView = async (editor: Editor): Promise<void> => {
  await editor.page.getByRole('tab', { name: 'Servicewright' }).click();
  await editor.runCommand('Servicewright: Focus on Tasks View');
  for (const name of ['Services', 'Deployments']) {
    const header = editor.page.getByRole('button', { name: `${name} Section` });
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }
};

/** Presses a button of a row of the tree. */
export const hoverAction = async (editor: Editor, row: string, action: string): Promise<void> => {
  await editor.treeRow(row).first().hover();
  await editor.treeRow(row).first().getByRole('button', { name: action }).click();
};
