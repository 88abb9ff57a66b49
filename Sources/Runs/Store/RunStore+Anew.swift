import Foundation
import GRDB

extension RunStore {
    /// A store in memory that stands in for one that can't be made or written now: a run is recorded in it until its
    /// recorder can save it in its place (`savingAnew`).
    package init(standingInFor path: String) throws(StoreError) {
        let memory = try RunStore()
        self.init(path: path, queue: memory.queue, isReadOnly: false, standsIn: true)
    }

    /// Whether what is written here can't be found at the path: the store was removed, or another took its place, or
    /// this one stands in for it.
    package var isDetached: Bool { standsIn || (identity != nil && identity != StoreFileIdentity(path)) }

    /// Enters a run of a detached store into a store at its path, which is made where there is none, with its folders.
    /// A store that was removed is still open here, so that all of the run is there.
    ///
    /// - Returns: that store, and the run's number in it, the same where that is free.
    func savingAnew(run: Int) throws(StoreError) -> (store: RunStore, run: Int) {
        let target = try madeAnew()
        let rows: RunRows
        do { rows = try queue.read { try RunRows(of: run, $0) } } catch { throw StoreError(error, path: path) }
        let number = try target.write { database in
            let isTaken = try Int.fetchOne(database, sql: "SELECT id FROM run WHERE id = ?", arguments: [run]) != nil
            return try rows.insert(as: isTaken || standsIn ? nil : run, replacing: [:], database)
        }
        return (target, number)
    }

    /// This store, or the one at its path where it only stands in for that.
    ///
    /// - Throws: what opening that says.
    package func inItsPlace() throws(StoreError) -> RunStore { standsIn ? try madeAnew() : self }

    /// The store that is at the path now, or a new one, with its folders.
    func madeAnew() throws(StoreError) -> RunStore {
        try PrivateFiles.makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        return try RunStore(path: path)
    }
}
