package import Diagnostics

/// One line that tells how far something long is, and how long it still takes.
package enum ProgressLine {
  private static let barLength = 20
  /// The least width that has room for a bar.
  private static let barWidth = 60

  /// Such as `importing  43 %, 12 s left`, cut to a width.
  package static func text(
    _ task: LongTask, done: Int, total: Int, elapsed nanoseconds: Int64, width: Int
  ) -> String {
    guard total > 0, done < total else {
      let end = total > 0 ? ", nearly done" : " …"
      return String((task.rawValue + end).prefix(max(0, width)))
    }
    let part = Double(max(0, done)) / Double(total)
    var text = task.rawValue + bar(part, width)
    if part > 0.01 {
      text += ", \(left(Double(nanoseconds) * (1 - part) / part)) left"
    }
    return String(text.prefix(max(0, width)))
  }

  /// The same where nothing was heard for a while: how long it has taken, such as `saving … 3 s`.
  package static func waiting(
    _ task: LongTask?, done: Int, total: Int, elapsed nanoseconds: Int64, width: Int
  ) -> String {
    let isUnderWay = total > 0 && done < total
    let part = isUnderWay ? bar(Double(max(0, done)) / Double(total), width) : ""
    let text = "\(task?.rawValue ?? "working")\(part) … \(nanoseconds / 1_000_000_000) s"
    return String(text.prefix(max(0, width)))
  }

  /// Such as ` ██████·············· 30 %`.
  private static func bar(_ part: Double, _ width: Int) -> String {
    let percent = " \(Int(part * 100)) %"
    guard width >= barWidth else { return percent }
    let filled = Int(part * Double(barLength))
    return " " + String(repeating: "█", count: filled)
      + String(repeating: "·", count: barLength - filled) + percent
  }

  /// A duration in one unit, never less than a second: it is a guess.
  private static func left(_ nanoseconds: Double) -> String {
    let seconds = Int(min(nanoseconds / 1_000_000_000 + 1, 1_000_000))
    switch seconds {
    case ..<90: return "\(seconds) s"
    case ..<5400: return "\((seconds + 30) / 60) min"
    default: return "\((seconds + 1800) / 3600) h"
    }
  }
}
