import Diagnostics
import Interchange
import Language

/// A shell that completes our command line, by a script made from the option and keyword tables.
package enum CompletionShell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  package var script: String {
    switch self {
    case .bash: BashCompletions.script
    case .zsh: ZshCompletions.script
    case .fish: FishCompletions.script
    }
  }
}

/// What may follow an option.
enum OptionValue: Equatable {
  case nothing
  case oneOf([String])
  case path
  /// The beginning of a statement.
  case statement
  /// Nobody can know.
  case anything
}

extension OptionName {
  var value: OptionValue {
    switch self {
    case .store, .backup: .path
    case .command: .statement
    case .output: .oneOf(OutputFormat.allCases.map(\.rawValue))
    case .color: .oneOf(Options.ColorChoice.allCases.map(\.rawValue))
    case .sql: .oneOf(SQLDialect.allCases.map(\.rawValue))
    case .completions: .oneOf(CompletionShell.allCases.map(\.rawValue))
    case .explain: .oneOf(Explanation.all.map(\.code))
    case .set, .actor, .reason, .expect: .anything
    case .dryRun, .readOnly, .sandbox, .check, .reformat, .inPlace, .verify, .recover, .snapshot,
      .load, .allowNetwork, .keepGoing, .yes, .quiet, .echo, .timing, .noEdit, .version, .help:
      .nothing
    }
  }

  /// `-s` and `--store`, or the long one alone.
  fileprivate var spellings: [String] { (entry.short.map { ["-\($0)"] } ?? []) + [spelling] }
}

private let firstWords = Keyword.allCases.filter(\.beginsStatement).map(\.spelling)

private enum BashCompletions {
  static var script: String {
    var cases: [String] = []
    for name in OptionName.allCases {
      let words: String
      switch name.value {
      case .nothing: continue
      case .oneOf(let choices): words = "-W '\(choices.joined(separator: " "))'"
      case .statement: words = "-W '\(firstWords.joined(separator: " "))'"
      case .path: words = "-f"
      case .anything: words = ""
      }
      let reply = words.isEmpty ? "COMPREPLY=()" : "COMPREPLY=($(compgen \(words) -- \"$word\"))"
      cases.append("    \(name.spellings.joined(separator: "|"))) \(reply); return ;;")
    }
    let options = OptionName.allCases.flatMap(\.spellings).joined(separator: " ")
    return """
      # permql: completions for bash; put 'source <(permql --completions bash)' into ~/.bashrc
      _permql() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        # Readline takes --output=json for three words.
        if [[ $word == = ]]; then
          word=
        elif [[ $before == = ]]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        case $before in
      \(cases.joined(separator: "\n"))
        esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W '\(options)' -- "$word"))
        else
          COMPREPLY=($(compgen -f -X '!*.pql' -- "$word") $(compgen -d -- "$word"))
        fi
      }
      complete -o filenames -F _permql permql

      """
  }
}

private enum ZshCompletions {
  static var script: String {
    let lines = OptionName.allCases.map { name -> String in
      let others = name.spellings.joined(separator: " ")
      // With these marks a value may follow in the same word: -ojson, --output=json.
      let forms = name.spellings.map { spelling in
        name.value == .nothing ? spelling : spelling + (spelling.hasPrefix("--") ? "=" : "+")
      }
      let heads =
        forms.count > 1 ? "'(\(others))'{\(forms.joined(separator: ","))}" : "\(forms[0])"
      // Several commands and variables are allowed.
      let head =
        name == .command || name == .set ? "'*'{\(forms.joined(separator: ","))}" : heads
      return "    \(head)'[\(escaped(name.entry.summary()))]\(action(name))' \\"
    }
    return """
      #compdef permql
      # permql: completions for zsh; put the output into a file _permql in a folder of $fpath
      _permql() {
        _arguments -S \\
      \(lines.joined(separator: "\n"))
          '1:script:_files -g "*.pql(-.)"' \\
          '*:argument:_files'
      }
      if [ "$funcstack[1]" = _permql ]; then
        _permql "$@"
      else
        compdef _permql permql
      fi

      """
  }

  private static func action(_ name: OptionName) -> String {
    let argument = escaped(name.entry.argument ?? "")
    switch name.value {
    case .nothing: return ""
    case .oneOf(let choices): return ":\(argument):(\(choices.joined(separator: " ")))"
    case .path: return ":\(argument):_files"
    case .statement: return ":\(argument):(\(firstWords.joined(separator: " ")))"
    case .anything: return ":\(argument): "
    }
  }

  /// What means something inside a specification, taken literally.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "[", "]", ":", "\\": result += "\\\(character)"
      case "'": result += "'\\''"
      default: result.append(character)
      }
    }
    return result
  }
}

private enum FishCompletions {
  static var script: String {
    let lines = OptionName.allCases.map { name -> String in
      let short = name.entry.short.map { " -s \($0)" } ?? ""
      let line = "complete -c permql\(short) -l \(name.entry.long)"
      let words = " -d '\(escaped(name.entry.summary()))'"
      switch name.value {
      case .nothing: return line + words
      case .oneOf(let choices): return line + " -x -a '\(choices.joined(separator: " "))'" + words
      case .path: return line + " -r -F" + words
      case .statement: return line + " -x -a '\(firstWords.joined(separator: " "))'" + words
      case .anything: return line + " -x" + words
      }
    }
    return """
      # permql: completions for fish; put the output into ~/.config/fish/completions/permql.fish
      \(lines.joined(separator: "\n"))
      complete -c permql -k -x -a '(__fish_complete_suffix .pql)'

      """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing(scalar: "\\", by: "\\\\").replacing(scalar: "'", by: "\\'")
  }
}
