import Foundation
import GRDB

extension RunStore {
    /// A store in memory that replaces one that can't be made or written now. A run is recorded in it until its
    /// recorder can save it at its path (`savingAnew`).
    package init(standingInFor path: String) throws(StoreError) {
        let memory = try RunStore()
        self.init(path: path, queue: memory.queue, isReadOnly: false, standsIn: true)
    }

    /// Whether what is written here can't be found at the path: the store was removed, another has its path, or this
    /// one is in memory.
    package var isDetached: Bool { standsIn || (identity != nil && identity != StoreFileIdentity(path)) }

    /// Copies a run of a detached store into the store at its path. Where there is none, it is made, with its folders.
    /// A removed store is still open here, so all of the run can be read.
    ///
    /// - Returns: that store, and the run's number in it, which is the same if it is free.
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

    /// This store, or the one at its path where this one is in memory.
    ///
    /// - Throws: the error of opening that one.
    package func inItsPlace() throws(StoreError) -> RunStore { standsIn ? try madeAnew() : self }

    /// The store at the path, or a new one, with its folders.
    func madeAnew() throws(StoreError) -> RunStore {
        try PrivateFiles.makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        return try RunStore(path: path)
    }
}
