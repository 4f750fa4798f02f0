<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="{cbe70420-416b-50a1-8711-e41904fd1a3a}">
   <rule key="{26dd2110-0728-5d71-bb80-edf97811f346}" symbol="0" label="确定在内" description="core" filter="&quot;role&quot; = 'core'" />
   <rule key="{939038ea-be61-5ff5-9bc5-c7378d36dec8}" symbol="1" label="可能在内" description="extent" filter="&quot;role&quot; = 'extent'" />
   <rule key="{a32efd53-37b0-531e-b3de-56cf9a63fadd}" symbol="2" label="界线有明确依据" description="nominal.solid" filter="&quot;role&quot; = 'nominal' AND &quot;basis&quot; IN ('documented_boundary', 'administrative', 'circle')" />
   <rule key="{bb7097ce-6704-5228-bc53-c153b9f22dae}" symbol="3" label="界线由其他区域推得" description="nominal.dash" filter="&quot;role&quot; = 'nominal' AND &quot;basis&quot; IN ('derived')" />
   <rule key="{8b861b7d-3e4b-554d-a6b1-92ba2928f0d1}" symbol="4" label="大致范围，界线不确定" description="nominal.dot" filter="&quot;role&quot; = 'nominal' AND &quot;basis&quot; IN ('approximate')" />
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="color" type="QString" value="228,220,203,128" />
      <Option name="style" type="QString" value="solid" />
      <Option name="outline_style" type="QString" value="no" />
     </Option>
    </layer>
    <layer class="PointPatternFill" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="distance_x" type="QString" value="2.2" />
      <Option name="distance_y" type="QString" value="2.2" />
      <Option name="displacement_x" type="QString" value="1.1" />
      <Option name="distance_x_unit" type="QString" value="MM" />
      <Option name="distance_y_unit" type="QString" value="MM" />
     </Option>
     <symbol name="@0@1" type="marker" alpha="1" clip_to_extent="1">
      <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="name" type="QString" value="circle" />
        <Option name="size" type="QString" value="0.7" />
        <Option name="color" type="QString" value="109,93,56,191" />
        <Option name="outline_style" type="QString" value="no" />
       </Option>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1">
    <layer class="ShapeburstFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="228,220,203,0" />
      <Option name="gradient_color2" type="QString" value="228,220,203,153" />
      <Option name="color_type" type="QString" value="0" />
      <Option name="use_whole_shape" type="QString" value="0" />
      <Option name="ignore_rings" type="QString" value="1" />
      <Option name="max_distance" type="QString" value="4.76" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="blur_radius" type="QString" value="0" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="line_color" type="QString" value="109,93,56,204" />
      <Option name="line_width" type="QString" value="0.24" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="flat" />
      <Option name="use_custom_dash" type="QString" value="1" />
      <Option name="customdash" type="QString" value="0.79;0.79" />
      <Option name="customdash_unit" type="QString" value="MM" />
     </Option>
    </layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,178" />
      <Option name="line_width" type="QString" value="1.05" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option name="line_color" type="QString" value="109,93,56,255" />
      <Option name="line_width" type="QString" value="0.48" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,178" />
      <Option name="line_width" type="QString" value="1.05" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option name="line_color" type="QString" value="109,93,56,255" />
      <Option name="line_width" type="QString" value="0.48" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="flat" />
      <Option name="use_custom_dash" type="QString" value="1" />
      <Option name="customdash" type="QString" value="3.81;2.29" />
      <Option name="customdash_unit" type="QString" value="MM" />
     </Option>
    </layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1">
    <layer class="SimpleLine" enabled="1" locked="0" pass="3">
     <Option type="Map">
      <Option name="line_color" type="QString" value="255,255,255,178" />
      <Option name="line_width" type="QString" value="1.05" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="round" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="4">
     <Option type="Map">
      <Option name="line_color" type="QString" value="109,93,56,255" />
      <Option name="line_width" type="QString" value="0.48" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="capstyle" type="QString" value="flat" />
      <Option name="use_custom_dash" type="QString" value="1" />
      <Option name="customdash" type="QString" value="0.57;1.71" />
      <Option name="customdash_unit" type="QString" value="MM" />
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="CASE WHEN &quot;role&quot; = 'nominal' AND attribute($currentfeature, 'same_as') IS NULL THEN CASE WHEN @zonerules_lang = 'en' THEN wordwrap(coalesce(&quot;name_en&quot;, &quot;name_zh&quot;), 26) ELSE regexp_replace(coalesce(&quot;name_zh&quot;, &quot;name_en&quot;), '(.{12})(?=.)', '\\1\n') END END" isExpression="1" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="34,41,46,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,217" bufferOpacity="1" />
   </text-style>
   <text-format multilineAlign="1" />
   <placement placement="4" centroidWhole="0" centroidInside="1" predefinedPositionOrder="BR,TR,BL,TL,R,L,TSR,BSR" distUnits="MM" priority="7" />
   <rendering drawLabels="1" scaleVisibility="1" displayAll="0" scaleMin="1" scaleMax="400000" obstacle="0" />
  </settings>
 </labeling>
 <layerGeometryType>2</layerGeometryType>
</qgis>
