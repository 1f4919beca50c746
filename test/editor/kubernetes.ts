import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { HarnessFailure } from './failure';
import { editorCache } from './install';
import { run } from './processes';
import { describeMissing, missingFor } from './system';

/**
 * A real Kubernetes API, built from the sources that Debian keeps: kube-apiserver and kube-controller-manager 1.20.2 with Debian's Go
 * 1.19, and Debian's etcd. No root is needed and nothing of the system is changed; it takes some minutes once, and 1.5 GB meanwhile.
 */
const version = '1.20.2';
const programs = ['etcd', 'kube-apiserver', 'kube-controller-manager'];

/** Gives the folder of the programs, after building them where they are not there yet; says what a machine lacks for that. */
export async function kubernetesPrograms(): Promise<string> {
  const said = process.env['SERVICEWRIGHT_KUBERNETES'];
  const folder = said ?? join(editorCache(process.env), `kubernetes-${version}`);
  const missing = programs.filter((one) => !existsSync(join(folder, one)));
  if (missing.length === 0) return folder;
  if (said !== undefined)
    throw new HarnessFailure(`SERVICEWRIGHT_KUBERNETES is ${said}, which has no ${missing.join(', ')}.`);
  await checkMachine();
  console.log(`Building Kubernetes ${version} into ${folder} (once, some minutes) …`);
  const work = `${folder}.work`;
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await fetchSources(work);
  await compile(work);
  await rm(folder, { recursive: true, force: true });
  await rename(join(work, 'bin'), folder);
  // Go's own cache is written without the right to remove.
  await step(work, 'chmod', ['-R', 'u+w', work], {});
  await rm(work, { recursive: true, force: true });
  return folder;
}

async function checkMachine(): Promise<void> {
  const missing = await missingFor('kubernetes');
  if (missing.length > 0) throw new HarnessFailure(describeMissing(missing, existsSync('/usr/bin/apt-get')));
  if (process.arch === 'x64' || process.arch === 'arm64') return;
  throw new HarnessFailure(
    `Kubernetes ${version} is built for x64 and arm64, and this machine is ${process.arch}.`,
  );
}

type Env = Readonly<Record<string, string>>;

async function step(cwd: string, file: string, args: readonly string[], env: Env): Promise<string> {
  const { code, output } = await run(file, args, { cwd, env: { ...process.env, ...env }, quiet: true });
  if (code === 0) return output;
  const tail = output.trim().split('\n').slice(-20).join('\n');
  throw new HarnessFailure(`${file} ${args[0] ?? ''} failed while Kubernetes was built:\n${tail}`);
}

const mirror = 'http://deb.debian.org/debian';

/** With lists of its own, so that the machine's sources need not name Debian's source packages. */
async function fetchSources(work: string): Promise<void> {
  await mkdir(join(work, 'lists/partial'), { recursive: true });
  await mkdir(join(work, 'archives/partial'), { recursive: true });
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = `signed-by=${keyring}`;
  await writeFile(
    join(work, 'sources.list'),
    `deb [${signed}] ${mirror} bookworm main\ndeb-src [${signed}] ${mirror} bookworm main\n`,
  );
  const apt = [
    '-o',
    `Dir::Etc::sourcelist=${join(work, 'sources.list')}`,
    '-o',
    'Dir::Etc::sourceparts=-',
    '-o',
    `Dir::State::lists=${join(work, 'lists')}`,
    '-o',
    `Dir::Cache::archives=${join(work, 'archives')}`,
    '-o',
    `Dir::Cache::pkgcache=`,
    '-o',
    'Dir::Cache::srcpkgcache=',
    '-o',
    'APT::Sandbox::User=',
  ];
  await step(work, 'apt-get', [...apt, '-q', 'update'], {});
  await step(work, 'apt-get', [...apt, '-q', 'source', '--download-only', 'kubernetes'], {});
  await step(
    work,
    'apt-get',
    [...apt, '-q', 'download', 'golang-1.19-go', 'golang-1.19-src', 'etcd-server'],
    {},
  );
  const files = await readdir(work);
  for (const deb of files.filter((one) => one.endsWith('.deb')))
    await step(work, 'dpkg-deb', ['-x', deb, 'root'], {});
  const description = files.find((one) => one.endsWith('.dsc')) ?? 'kubernetes.dsc';
  await step(work, 'dpkg-source', ['--no-check', '-x', description, 'src'], {});
}

/** The one generated file that the sources lack is made first. */
async function compile(work: string): Promise<void> {
  const source = join(work, 'src');
  const goroot = join(work, 'root/usr/lib/go-1.19');
  await mkdir(join(source, '.go/src/k8s.io'), { recursive: true });
  await symlink(source, join(source, '.go/src/k8s.io/kubernetes'));
  const env = {
    GOROOT: goroot,
    GOPATH: join(source, '.go'),
    GOCACHE: join(work, 'gocache'),
    GO111MODULE: 'off',
    GOTOOLCHAIN: 'local',
    GOFLAGS: '',
    CGO_ENABLED: '0',
    PATH: `${join(goroot, 'bin')}:${process.env['PATH'] ?? ''}`,
  };
  const inside = join(source, '.go/src/k8s.io/kubernetes');
  const at = 'k8s.io/kubernetes/vendor/k8s.io/component-base/version';
  const flags = `-s -w -X ${at}.gitVersion=v${version} -X ${at}.gitMajor=1 -X ${at}.gitMinor=20`;
  const shell = (text: string): Promise<string> =>
    step(inside, 'sh', ['-euc', `cd '${inside}'\n${text}`], env);
  await shell(`mkdir -p '${work}/bin' pkg/generated/openapi
go build -o '${work}/openapi-gen' ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
packages=$(grep -rl --include='*.go' '+k8s:openapi-gen=true' vendor/k8s.io/api/ vendor/k8s.io/apimachinery/ vendor/k8s.io/apiextensions-apiserver/ vendor/k8s.io/kube-aggregator/ vendor/k8s.io/client-go/pkg/version | xargs -n1 dirname | sort -u | sed 's,^,k8s.io/kubernetes/,' | paste -sd, -)
'${work}/openapi-gen' -i "$packages" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r '${work}/report'`);
  await shell(
    `go build -ldflags '${flags}' -o '${work}/bin/' ./cmd/kube-apiserver ./cmd/kube-controller-manager`,
  );
  await copyFile(join(work, 'root/usr/bin/etcd'), join(work, 'bin/etcd'));
}
