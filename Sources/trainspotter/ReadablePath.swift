import Foundation

/// Refuses a folder that is there and can't be looked into: what is in it would be said to be missing.
func refuseUnreadableFolder(_ path: String) throws(CommandFailure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return }
    guard access(path, R_OK | X_OK) != 0 else { return }
    throw .usage("\(path): can't be read: \(String(cString: strerror(errno)))")
}
