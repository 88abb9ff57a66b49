import Files

extension DashboardState {
    /// The line of what is looked at: in Runs of the selected run; else of the run that the composer shows, with what was
    /// changed while it trained, or of a spec that no run has.
    var shownLine: String {
        if screen == .runs, let row = selectedRun {
            return row.isSaved && row.hasOrigin ? "\(row.summary.lineText) \(row.summary.origin)" : row.summary.lineText
        }
        if let run, !isEdited { return run.line.description }
        return composer.spec.description
    }
}
