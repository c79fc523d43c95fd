package import Diagnostics
package import Permissions
package import Storage

/// What `export report` tells of an agency, cut to what a page can hold.
package struct AgencyReport: Sendable {
  /// Some of many, the most important first.
  package struct Excerpt<Element: Sendable>: Sendable {
    package let shown: [Element]
    /// How many there are.
    package let count: Int
  }

  package struct Outlier: Sendable {
    package let row: Row
    package let permission: PermissionNumber
    package let has: Bool
    /// Of all subaccounts, those who agree with this one.
    package let share: Double
  }

  package struct PolicyState: Sendable {
    package let definition: Definition
    /// Nil where it names what is no longer there, and so can't be judged.
    package let violators: Excerpt<Row>?
  }

  package struct ToldChange: Sendable {
    package let heading: ChangeHeading
    package let extent: ChangeIndex.Extent
  }

  /// The store's path; nil in memory.
  package let store: Text?
  /// When the run began.
  package let now: Int64
  /// The change that it is as of, and when that was made; nil in an empty store.
  package let moment: (change: Int, time: Int64)?
  package let table: Table
  /// By permission: how many subaccounts have it.
  package let holders: [Int]
  package let profiles: Excerpt<Profiles.Profile>
  package let outliers: Excerpt<Outlier>
  package let policies: [PolicyState]
  /// The newest first.
  package let changes: Excerpt<ToldChange>
  /// For the matrix, in order of creation.
  package let subaccounts: Excerpt<Row>

  /// What makes a cell an outlier.
  package static var outlierRule: String { Outliers.rule }

  /// Cells of the matrix: more would be no page any more.
  private static let mostCells = 20_000
  private static let mostProfiles = 30
  private static let mostOutliers = 50
  private static let mostViolators = 20
  private static let mostChanges = 50

  init(of context: EvaluationContext, _ policies: [PolicyState]) throws(Diagnostic) {
    let table = context.table
    let live = table.live
    store = context.store.facts.path
    now = context.now
    let last = context.lastChange
    moment = context.store.stamp(ofChange: last).map { (last, $0.time) }
    self.table = table
    holders = table.catalog.all.map { table.holders(of: $0).count }
    let profiles = RankedProfiles(of: live, in: table).list
    self.profiles = Excerpt(
      shown: Array(profiles.prefix(AgencyReport.mostProfiles)), count: profiles.count)
    let outliers = Outliers(of: live, in: try context.grouped(live, by: nil), table.catalog)
    self.outliers = Excerpt(
      shown: zip(outliers.rows, outliers.codes).prefix(AgencyReport.mostOutliers).map { row, code in
        let kind = outliers.kinds[Int(code)]
        return Outlier(row: row, permission: kind.permission, has: kind.has, share: kind.share)
      }, count: outliers.codes.count)
    self.policies = policies
    var changes: [ToldChange] = []
    for number in (max(0, last - AgencyReport.mostChanges)..<last).reversed() {
      let heading = try context.reading { () throws(StoreProblem) in
        try context.store.heading(ofChange: number + 1)
      }
      changes.append(
        ToldChange(heading: heading, extent: context.store.extent(ofChange: number + 1)))
    }
    self.changes = Excerpt(shown: changes, count: last)
    let most = max(1, AgencyReport.mostCells / max(1, table.catalog.count))
    subaccounts = Excerpt(shown: Array(live.prefix(rows: most)), count: live.count)
  }

  /// A policy and the first of those who break it.
  static func state(
    of definition: Definition, _ policy: ResolvedPolicy?, in context: EvaluationContext
  ) throws(Diagnostic) -> PolicyState {
    guard let policy else { return PolicyState(definition: definition, violators: nil) }
    let violators = try context.violators(of: policy)
    return PolicyState(
      definition: definition,
      violators: Excerpt(
        shown: Array(violators.prefix(rows: mostViolators)), count: violators.count))
  }
}
