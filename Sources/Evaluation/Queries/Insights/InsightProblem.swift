package import Diagnostics

/// What a look at the whole agency can come to, beside an answer.
package enum InsightProblem: Problem, Equatable {
  /// A note: a chart has not room for all groups.
  case groupsLeftOut(shown: Int, count: Int)

  package var code: String {
    switch self {
    case .groupsLeftOut: "N0428"
    }
  }

  package var message: String {
    switch self {
    case .groupsLeftOut(let shown, let count):
      "the chart shows the \(shown) largest of \(Quantity.of(count, "group"))"
    }
  }

  package var help: String? {
    switch self {
    case .groupsLeftOut: "narrow it with 'of where …'; 'count by' lists all groups"
    }
  }

  package var status: ExitStatus { .failed }
}
