import Diagnostics
import Interchange

/// What the program finds around it: terminals, the environment, the user.
enum Surroundings {
  /// Whether to colour what goes to a descriptor.
  static func hasColors(_ choice: Options.ColorChoice, descriptor: Int32) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      let refusal = SystemCall.environment("NO_COLOR") ?? ""
      return refusal.isEmpty && !isDumb && SystemCall.isTerminal(descriptor)
    }
  }

  /// What standard output is.
  static func screen(_ choice: Options.ColorChoice) -> Screen {
    screen(hasColors: hasColors(choice, descriptor: 1))
  }

  /// A terminal that takes no escape sequences.
  static var isDumb: Bool { SystemCall.environment("TERM") == "dumb" }

  /// What standard output is now; whether it has colours was said before.
  static func screen(hasColors: Bool) -> Screen {
    Screen(
      width: SystemCall.isTerminal(1) ? SystemCall.terminalWidth(1) ?? 80 : nil,
      hasColors: hasColors)
  }

  static var person: Person {
    Person(
      number: SystemCall.userNumber, passwordFile: SystemCall.contents(of: "/etc/passwd"),
      loginName: SystemCall.environment("LOGNAME"), userVariable: SystemCall.environment("USER"))
  }
}
