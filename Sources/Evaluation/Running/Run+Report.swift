import Diagnostics
import Language
import Storage

extension Run {
  /// `export report`: a page about the agency.
  mutating func exportReport(
    to path: Placed<Text>, asOf moment: ResolvedMoment?
  ) throws(Stop) {
    let (file, count) = try writeReport(to: path, asOf: moment)
    try settle(
      file, at: path.place,
      ExportAnswer(
        file: path.value, counts: [("subaccounts", count)],
        content: "a report on \(Quantity.of(count, "subaccount"))"))
  }

  private mutating func writeReport(
    to path: Placed<Text>, asOf moment: ResolvedMoment?
  ) throws(Stop) -> (any PendingFile, Int) {
    let present = context()
    let context = try attempt { () throws(Diagnostic) in try present.looking(at: moment) }
    var policies: [AgencyReport.PolicyState] = []
    for definition in context.table.definitions where definition.kind == .policy {
      let policy = resolver.policy(definition, at: path.place)
      // One of an earlier moment may name what is no longer there: the page says so.
      _ = resolver.takeFindings()
      policies.append(
        try attempt { () throws(Diagnostic) in
          try AgencyReport.state(of: definition, policy, in: context)
        })
    }
    let report = try attempt { () throws(Diagnostic) in try AgencyReport(of: context, policies) }
    do {
      return (try files.write(report, to: path.value), context.table.live.count)
    } catch {
      throw .failed(error.at(resolver.source, path.place))
    }
  }
}
