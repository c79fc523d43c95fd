package import Diagnostics
package import Storage

extension EvaluationContext {
  /// The live subaccounts that break a policy; none where it holds.
  ///
  /// Notes are for people who ask: a policy that selects nobody is as it should be.
  package func violators(of policy: ResolvedPolicy) throws(Diagnostic) -> RowSet {
    let quiet = EvaluationContext(
      table: table, asOf: asOf, store: store, now: now, source: policy.source,
      isInterrupted: isInterrupted)
    return try quiet.rows(of: policy.selection, notesWhatIsNowhere: false)
  }

  /// Answers `check`: each policy and who breaks it.
  package func answer(check policies: [ResolvedPolicy]) throws(Diagnostic) -> QueryAnswer {
    var report = Report(ReportFields.check, [.text, .boolean, .list, .text])
    var broken = 0
    for policy in policies {
      let violators = try violators(of: policy)
      if !violators.isEmpty { broken += 1 }
      report.rows.append([
        .text(policy.name), .boolean(violators.isEmpty),
        .list(violators.map { table.name(of: $0) }), policy.reason.map { .text($0) } ?? .null,
      ])
    }
    let count = policies.count
    let footer =
      count == 0
      ? "no policies"
      : "\(count - broken) of \(count == 1 ? "1 policy holds" : "\(count) policies hold")"
    return QueryAnswer(.table(report.arranged(footer: footer, table: table)))
  }
}
