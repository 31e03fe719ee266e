// The jar: everything good that was said to me or that I kept, to be shaken when one needs it.
#pragma once

#include "attune/practices/registry.h"

namespace attune::jar {

struct JarView {
  std::vector<practices::Treasure> entries;  ///< newest first; nothing from a time that I hid
  std::vector<cherish::Span> hidden;         ///< those times, oldest first
};
BOOST_DESCRIBE_STRUCT(JarView, (), (entries, hidden))
using View = JarView;

View view(const space::Context& context, const practices::States& states);

}  // namespace attune::jar
