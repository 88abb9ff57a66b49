import Experiments

/// The store of saved runs where the XDG base directories put it.
enum SavedRuns {
    /// Opens the store for reading and editing what is there.
    static func open() throws(StoreError) -> RunStore {
        try RunStore(
            path: RunStore.standardPath(dataFolder: BaseDirectories.data, makingFolders: false), missing: .refuse)
    }
}
