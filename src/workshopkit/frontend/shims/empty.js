// Stands in for a package that our pages never call.
export default {};
