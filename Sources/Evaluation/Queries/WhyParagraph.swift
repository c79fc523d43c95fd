import Diagnostics
import Permissions
import Storage

/// The answer to `why` for people.
struct WhyParagraph {
  let context: EvaluationContext
  let row: Row
  let story: CellStory
  /// The question was why it has it, not why it lacks it.
  let asked: Bool
  /// Policies that would refuse the other value.
  let forbidding: [ResolvedPolicy]

  /// How many earlier changes are told before they are only counted.
  private static let earlierShown = 5

  var text: String {
    var lines = [answer]
    if permission.isAlwaysEnabled {
      lines.append("  it is always enabled: the platform keeps it on for every subaccount")
    }
    lines += told(story.change)
    lines += inheritance
    lines += past
    if context.table.isProtected(row) {
      lines.append("the subaccount is protected: a write must name 'including protected'")
    }
    for policy in forbidding {
      let because = policy.reason.map { " (\($0))" } ?? ""
      let other = story.has ? "taken away" : "granted"
      lines.append("policy '\(policy.name)' forbids that it is \(other)\(because)")
    }
    return lines.joined(separator: "\n")
  }

  private var permission: Permission { context.table.catalog[story.permission] }

  /// The plain answer first; a wrong question is told so.
  private var answer: String {
    let name = context.quoted(row)
    let what = "\(permission.canonicalName) (\(permission.label))"
    let since = Moment(clamping: story.change.context.time).shortest
    if story.has == asked {
      return "\(name) \(asked ? "has" : "lacks") \(what) since \(since)"
    }
    let first = "\(name) does not \(asked ? "have" : "lack") \(what): "
    return first + (story.has ? "it has it" : "it lacks it") + " since \(since)"
  }

  private func told(_ change: ChangeHeading) -> [String] {
    let place = change.place.map { ", \($0)" } ?? ""
    var lines = ["  change \(change.number) by \(change.by)\(place)", "    \(change.oneLine)"]
    if let reason = change.unspokenReason { lines.append("    because \(reason)") }
    return lines
  }

  private var inheritance: [String] {
    guard story.isFromCreation, !permission.isAlwaysEnabled else { return [] }
    guard let parent = story.ancestors.first, let origin = story.origin else {
      return ["it has been so since the subaccount was created"]
    }
    let state = story.has ? "on" : "off"
    var line = "it was created with the permissions of \(context.quoted(parent))"
    for ancestor in story.ancestors.dropFirst() {
      line += ", which was created with those of \(context.quoted(ancestor))"
    }
    let last = context.quoted(story.ancestors[story.ancestors.count - 1])
    line += "; for \(last) it was \(state) since \(moment(origin))"
    return [line] + told(origin)
  }

  /// What it was before, and what happened to it, the newest first.
  private var past: [String] {
    if story.isFromCreation { return [] }
    var lines = ["before that it \(story.has ? "lacked" : "had") it"]
    var isOn = !story.has
    for change in story.earlier.prefix(WhyParagraph.earlierShown) {
      lines.append("  \(isOn ? "on" : "off") since \(moment(change))")
      lines += told(change).map { "  " + $0 }
      isOn.toggle()
    }
    let others = story.earlier.count - WhyParagraph.earlierShown
    if others > 0 { lines.append("  and \(Quantity.of(others, "change")) before") }
    return lines
  }

  private func moment(_ change: ChangeHeading) -> String {
    Moment(clamping: change.context.time).shortest
  }
}
