import {fileURLToPath} from 'node:url'
import {quoted} from '../../rules/shell-word.ts'
import type {Shell} from './reply.ts'

/** What a shell runs once so that Tab completes `pm` by asking this very pm, however it is started. */
export function completionScript(shell: Shell, root: URL): string {
  const ask = [process.execPath, fileURLToPath(new URL('bin/run.js', root)), '__complete', shell].map(quoted).join(' ')
  return scripts[shell](ask)
}

const scripts: Readonly<Record<Shell, (ask: string) => string>> = {
  bash: (ask) => `# Completion of pm for bash. In ~/.bashrc: source <(pm completion bash)
_pm_completion() {
  local line kind=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi
  done < <(${ask} "\${COMP_LINE:0:COMP_POINT}" 2> /dev/null)
  if [[ $kind == files ]]; then compopt -o default 2> /dev/null; fi
  return 0
}
complete -o nosort -F _pm_completion pm 2> /dev/null || complete -F _pm_completion pm
`,
  zsh: (ask) => `#compdef pm
# Completion of pm for zsh. In ~/.zshrc, behind compinit: source <(pm completion zsh)
_pm() {
  local -a lines values shown
  local line typed=\${(Q)PREFIX}
  typed=\${typed#[\\'\\"]}
  lines=("\${(@f)$(${ask} "\${(@Q)words[2,CURRENT-1]}" "$typed" 2> /dev/null)}")
  if [[ $lines[1] == files ]]; then _files; return; fi
  for line in "\${(@)lines[2,-1]}"; do
    [[ -n $line ]] || continue
    values+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  compadd -U -l -d shown -a -- values 2> /dev/null
}
if [[ $funcstack[1] == _pm ]]; then _pm "$@"; elif (( $+functions[compdef] )); then compdef _pm pm; fi
`,
  fish: (ask) => `# Completion of pm for fish: pm completion fish > ~/.config/fish/completions/pm.fish
function __pm_completion
  set -l words (commandline -opc)
  set -l lines (${ask} $words[2..-1] (commandline -ct | string unescape; or commandline -ct | string replace -r '^[\\'"]' '') 2> /dev/null)
  if test "$lines[1]" = files
    __fish_complete_path (commandline -ct)
  else if test (count $lines) -gt 1
    printf '%s\\n' $lines[2..-1]
  end
end
complete -c pm -e
complete -c pm -f -k -a '(__pm_completion)'
`,
}
