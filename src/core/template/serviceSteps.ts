import { packageKey } from './names.ts';
import { feed, shellArray, shellQuote } from './shell.ts';
import { bashScript, pythonPrefix } from './step.ts';
import type { Step, StepContext } from './step.ts';
import { failWhenMissing } from './systemPackages.ts';
import type { ResolvedTemplate, Service } from './template.ts';

/** CloudWorkstation's names for the notebook server, which no package brings a unit for. */
const JUPYTER_NAMES: ReadonlySet<string> = new Set([
  'jupyter',
  'jupyterlab',
  'jupyter-lab',
  'jupyter-notebook',
]);
const JUPYTER_PACKAGES: ReadonlySet<string> = new Set(['jupyter', 'jupyterlab', 'notebook']);

/** Writes units for services with a command, and configuration lines for all. Runs before the template's scripts. */
export function configureServices({ template }: StepContext): readonly Step[] {
  const parts = template.services.flatMap((service) => [
    ...unit(service, template),
    ...configuration(service, template),
  ]);
  if (parts.length === 0) return [];
  return [
    { phase: 'build', name: 'ConfigureServices', script: bashScript(...parts, 'systemctl daemon-reload') },
  ];
}

function configuration(service: Service, template: ResolvedTemplate): readonly string[] {
  if (service.config.length === 0) return [];
  const path = isOurJupyter(service, template)
    ? '/etc/jupyter/jupyter_server_config.py'
    : `/etc/${service.name}/${service.name}.conf`;
  const directory = path.slice(0, path.lastIndexOf('/'));
  return [
    `install -d -m 0755 ${shellQuote(directory)}`,
    feed(`tee --append ${shellQuote(path)} > /dev/null`, `${service.config.join('\n')}\n`),
  ];
}

function unit(service: Service, template: ResolvedTemplate): readonly string[] {
  const user = service.user ?? template.users[0]?.name ?? 'root';
  const prefix = pythonPrefix(template);
  const command =
    service.command ??
    (isOurJupyter(service, template) ? jupyterCommand(service, prefix ?? '', user) : undefined);
  if (command === undefined) return [];
  const path = `${prefix === undefined ? '' : `${prefix}/bin:`}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
  const text = [
    '[Unit]',
    `Description=${service.name} (template ${template.slug})`,
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    `User=${user}`,
    'WorkingDirectory=~',
    `Environment=PATH=${path}`,
    `ExecStart=${command}`,
    'Restart=on-failure',
    'RestartSec=5',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
  return [
    feed(`install -D -m 0644 /dev/stdin ${shellQuote(`/etc/systemd/system/${service.name}.service`)}`, text),
  ];
}

/** On loopback: notebooks are reached through a tunnel, as CloudWorkstation does it. */
function jupyterCommand(service: Service, prefix: string, user: string): string {
  const root = user === 'root' ? ' --allow-root' : '';
  return `${prefix}/bin/jupyter lab --ip=127.0.0.1 --port=${service.port ?? 8888} --no-browser${root}`;
}

function isOurJupyter(service: Service, template: ResolvedTemplate): boolean {
  const { conda, pip } = template.packages;
  const keys = [
    ...conda.map((spec) => packageKey('conda', spec)),
    ...pip.map((spec) => packageKey('pip', spec)),
  ];
  const installed = pythonPrefix(template) !== undefined && keys.some((key) => JUPYTER_PACKAGES.has(key));
  return JUPYTER_NAMES.has(service.name) && service.command === undefined && installed;
}

/** Enables what is to run at boot and disables what is not, after the scripts that may bring the units. */
export function enableServices({ template }: StepContext): readonly Step[] {
  if (template.services.length === 0) return [];
  const off = template.services.filter((service) => service.enable === false).map((service) => service.name);
  return [
    {
      phase: 'build',
      name: 'EnableServices',
      script: bashScript(
        shellArray('enabled', enabledServices(template)),
        shellArray('disabled', off),
        'systemctl daemon-reload',
        'missing=()',
        'for service in "${enabled[@]}"; do',
        '  if systemctl cat "$service" > /dev/null 2>&1; then systemctl enable "$service"; else missing+=("$service"); fi',
        'done',
        'for service in "${disabled[@]}"; do',
        '  if systemctl cat "$service" > /dev/null 2>&1; then systemctl disable --now "$service"; fi',
        'done',
        failWhenMissing(
          'services without a systemd unit (list the package that brings it, write it in post_install, or give the service a command)',
        ),
      ),
    },
  ];
}

export function validateServices({ template }: StepContext): readonly Step[] {
  const services = enabledServices(template);
  if (services.length === 0) return [];
  return [
    {
      phase: 'validate',
      name: 'ValidateServices',
      script: bashScript(
        shellArray('services', services),
        'missing=()',
        'for service in "${services[@]}"; do',
        '  systemctl is-enabled --quiet "$service" || missing+=("$service")',
        'done',
        failWhenMissing('services that are not enabled'),
      ),
    },
  ];
}

/** On a fresh instance of the image no enabled service may have failed. */
export function testServices({ template }: StepContext): readonly Step[] {
  const services = enabledServices(template);
  if (services.length === 0) return [];
  return [
    {
      phase: 'test',
      name: 'TestServices',
      script: bashScript(
        shellArray('services', services),
        'cloud-init status --wait > /dev/null 2>&1 || true',
        'missing=()',
        'for service in "${services[@]}"; do',
        '  if systemctl is-failed --quiet "$service"; then',
        '    missing+=("$service")',
        '    journalctl --no-pager --lines 50 --unit "$service" || true',
        '  fi',
        'done',
        failWhenMissing('services that failed'),
      ),
    },
  ];
}

function enabledServices(template: ResolvedTemplate): readonly string[] {
  return template.services.filter((service) => service.enable !== false).map((service) => service.name);
}
